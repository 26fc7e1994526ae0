import { z } from 'zod';
import { PersonNames, PersonView } from '#contract/access/index.ts';
import { type MethodAnswers, type MethodName, Room, WindowIdentity } from '#contract/bridge/index.ts';
import { Camera, CameraHealth, MediaGrant, LiftState, ProbeState, PtzLease, PtzStatus } from '#contract/cameras/index.ts';
import { DirectoryPage } from '#contract/directory/index.ts';
import { EvidenceGrant, EvidenceList, EvidenceRow } from '#contract/evidence/index.ts';
import { LoadHistory } from '#contract/incidents/index.ts';
import { ServedBasemap } from '#contract/map/index.ts';
import { ParticularsOpened } from '#contract/record/index.ts';
import { granted, type Result } from '#contract/values/index.ts';

const refusal = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });
const resultOf = <Value extends z.ZodType>(value: Value) =>
  z.union([z.object({ ok: z.literal(true), value }), z.object({ ok: z.literal(false), refusal })]);

const answers = {
  hello: z.object({ window: WindowIdentity, room: Room, methods: z.array(z.string()).optional() }),
  openView: resultOf(MediaGrant),
  openViews: resultOf(z.array(resultOf(MediaGrant))),
  camerasById: z.array(Camera),
  directoryPage: DirectoryPage.nullable(),
  cameraHealth: resultOf(CameraHealth),
  exportCameraHealth: resultOf(CameraHealth),
  loadHistory: resultOf(LoadHistory),
  personNames: resultOf(PersonNames),
  basemap: ServedBasemap,
  nextPositions: z.null(),
  reportGlass: z.null(),
  reportThumbnail: z.null(),
  followThumbnails: z.null(),
  login: resultOf(PersonView),
  changePassword: resultOf(z.null()),
  logout: z.null(),
  commandWall: resultOf(z.null()),
  commandCamera: resultOf(z.object({ commandId: z.string() })),
  commandMap: resultOf(z.object({ commandId: z.string() })),
  shareMap: z.null(),
  askLift: resultOf(LiftState),
  probe: resultOf(ProbeState),
  followResponder: resultOf(z.null()),
  steer: resultOf(z.union([PtzStatus, PtzLease])),
  voteCamera: resultOf(z.null()),
  openParticulars: resultOf(ParticularsOpened),
  eraseParticulars: resultOf(z.object({ commandId: z.string() })),
  takeSnapshot: resultOf(EvidenceRow),
  listEvidence: resultOf(EvidenceList),
  openEvidence: resultOf(EvidenceGrant),
  eraseEvidence: resultOf(z.object({ commandId: z.string() })),
  settleWaiting: resultOf(z.null()),
  lostSeen: resultOf(z.null()),
  trustPlatform: resultOf(z.null()),
  setLanguage: z.null(),
} as const satisfies Record<MethodName, z.ZodType>;

const resultMethods: readonly MethodName[] = [
  'openView',
  'openViews',
  'cameraHealth',
  'exportCameraHealth',
  'loadHistory',
  'personNames',
  'login',
  'changePassword',
  'commandWall',
  'commandCamera',
  'commandMap',
  'askLift',
  'probe',
  'followResponder',
  'steer',
  'voteCamera',
  'openParticulars',
  'eraseParticulars',
  'takeSnapshot',
  'listEvidence',
  'openEvidence',
  'eraseEvidence',
  'settleWaiting',
  'lostSeen',
  'trustPlatform',
];

/** What a caller in this window gets: always a Result, so that a lost bridge is a value like every other expected failure. */
export type Answer<Name extends MethodName> = MethodAnswers[Name] extends Result<infer Value> ? Result<Value> : Result<MethodAnswers[Name]>;

/** Reads main's answer; throws when its shape is wrong (the caller turns that into a refusal). */
export function parseAnswer<Name extends MethodName>(name: Name, answer: unknown): Answer<Name> {
  // A method without a value answers undefined over some channels and null over JSON.
  const parsed: unknown = answers[name].parse(answer ?? null);
  return (resultMethods.includes(name) ? parsed : granted(parsed)) as Answer<Name>;
}
