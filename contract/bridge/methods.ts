import { z } from 'zod';
import { AskPersonNames, ChangePassword, LoginRequest, type PersonNames, type PersonView } from '#contract/access/index.ts';
import {
  type Camera,
  CameraCommand,
  type CameraHealth,
  LiftQuestion,
  type LiftState,
  type MediaGrant,
  ProbeQuestion,
  type ProbeState,
  type PtzLease,
  PtzQuestion,
  type PtzStatus,
  Purpose,
  StreamQuality,
  viewsAtOnce,
} from '#contract/cameras/index.ts';
import { DirectoryKind, type DirectoryPage } from '#contract/directory/index.ts';
import {
  EraseEvidence,
  type EvidenceGrant,
  type EvidenceList,
  type EvidenceRow,
  ListEvidence,
  OpenEvidence,
  TakeSnapshot,
} from '#contract/evidence/index.ts';
import { DrawingCommand, FollowOne, MapLook, type ServedBasemap, VoteCamera } from '#contract/map/index.ts';
import type { LoadHistory } from '#contract/incidents/index.ts';
import { EraseParticulars, OpenParticulars, type ParticularsOpened } from '#contract/record/index.ts';
import { CameraId, CommandId, type Result } from '#contract/values/index.ts';
import { GlassReport, ThumbnailReport, WallCommand } from '#contract/wall/index.ts';
import { Language, type Room, type WindowIdentity } from './room.ts';

/** Greatest frame from a window to main, bytes; a window that has more than `maxUndrainedBytes` waiting is closed and resynchronised. */
export const bridgeLimits = { toMainBytes: 64 * 1024, maxUndrainedBytes: 1024 * 1024 } as const;

/** A window asks to see a camera; main adds who and which window. `tile` names the place for the register. */
export const ViewRequest = z.strictObject({ cameraId: CameraId, quality: StreamQuality, purpose: Purpose, tile: z.string().max(160) });
export type ViewRequest = z.infer<typeof ViewRequest>;

/** The first answer of main: which window this is and the room as it stands. Events that follow start from exactly this state. */
export type Hello = {
  readonly window: WindowIdentity;
  readonly room: Room;
  /** What this window may call; absent from a main of the version before, which has only what that version had. */
  readonly methods?: readonly string[];
};

/** Arguments of every method a window may call, by name: each takes one message. Anything else is dropped and logged. */
export const methodArguments = {
  hello: z.strictObject({}),
  openView: ViewRequest,
  /** All that falls due together in a window, in one question. */
  openViews: z.strictObject({ views: z.array(ViewRequest).min(1).max(viewsAtOnce) }),
  camerasById: z.strictObject({ cameraIds: z.array(CameraId).max(64) }),
  directoryPage: z.strictObject({ kind: DirectoryKind, offset: z.int().min(0) }),
  cameraHealth: z.strictObject({}),
  exportCameraHealth: z.strictObject({}),
  loadHistory: z.strictObject({}),
  personNames: AskPersonNames,
  basemap: z.strictObject({}),
  nextPositions: z.strictObject({}),
  reportGlass: GlassReport,
  reportThumbnail: ThumbnailReport,
  followThumbnails: z.strictObject({}),
  /** `newPassword` where the one before was made for somebody: it is set, and he is in. */
  login: LoginRequest.extend({ newPassword: ChangePassword.shape.newPassword.optional() }),
  changePassword: ChangePassword,
  logout: z.strictObject({}),
  commandWall: WallCommand,
  commandCamera: CameraCommand,
  commandMap: DrawingCommand,
  /** What this console's map shows now, for every map of the desk. The room's `mapLook` tells whether it was taken: while another console leads it is not. */
  shareMap: MapLook,
  /** A word about a camera for a place, remembered by this workstation. */
  voteCamera: VoteCamera,
  steer: z.strictObject({ question: PtzQuestion }),
  askLift: z.strictObject({ question: LiftQuestion }),
  probe: z.strictObject({ question: ProbeQuestion }),
  followResponder: FollowOne.omit({ type: true }),
  openParticulars: OpenParticulars.omit({ type: true }),
  eraseParticulars: EraseParticulars.omit({ type: true }),
  takeSnapshot: TakeSnapshot.omit({ type: true }),
  listEvidence: ListEvidence.omit({ type: true }),
  openEvidence: OpenEvidence.omit({ type: true }),
  eraseEvidence: EraseEvidence.omit({ type: true }),
  settleWaiting: z.strictObject({ commandId: CommandId, word: z.enum(['send', 'discard']) }),
  lostSeen: z.strictObject({ commandIds: z.array(CommandId).max(1_000) }),
  setLanguage: z.strictObject({ language: Language }),
  /** Somebody has compared this fingerprint with what the platform's people told him. */
  trustPlatform: z.strictObject({ fingerprint: z.string().max(100) }),
} as const;
/** What a window may call at all, by name. */
export type MethodName = keyof typeof methodArguments;

/** What each method answers. */
export type MethodAnswers = {
  hello: Hello;
  openView: Result<MediaGrant>;
  /** An answer for each view, in order. */
  openViews: Result<readonly Result<MediaGrant>[]>;
  /** The cameras that exist and may be seen; missing ones are simply not in it. */
  camerasById: readonly Camera[];
  /** From main's copy: regions, cameras, centers, responders, outlines; null while main has not got a directory yet. */
  directoryPage: DirectoryPage | null;
  /** What the gateway has open now; asked of the platform each time. */
  cameraHealth: Result<CameraHealth>;
  /** The same to take away: by right, and on the record. */
  exportCameraHealth: Result<CameraHealth>;
  /** What was open at the same hour of past weeks; asked of the platform each time. */
  loadHistory: Result<LoadHistory>;
  /** Who made what is seen, as far as the person at the console may know; main remembers it while he is logged in. */
  personNames: Result<PersonNames>;
  /** What was chosen to lie under the map, with its key: told to windows alone, never to whoever can reach their origin. */
  basemap: ServedBasemap;
  /**
   * Credit for one more: the first time for a whole picture, later for what has changed since. It comes as frames of bytes (contract/responders)
   * beside the calls, after the `room` event that names its numbering. Who is slow to ask gets the newest only.
   */
  nextPositions: null;
  reportGlass: null;
  reportThumbnail: null;
  /**
   * The newest small picture of every tile, and each new one while this window is open and somebody is logged in: frames of bytes (contract/wall,
   * Thumbnail) beside the calls. A window that does not drain misses some.
   */
  followThumbnails: null;
  /** Refused with `access.passwordChangeRequired` until a `newPassword` comes along. */
  login: Result<PersonView>;
  /** Of the person at the console; his other sessions end. */
  changePassword: Result<null>;
  logout: null;
  commandWall: Result<null>;
  /** Queued in the outbox; the platform's own answer arrives as a `commandSettled` event. */
  commandCamera: Result<{ commandId: string }>;
  /** Queued like every command. */
  commandMap: Result<{ commandId: string }>;
  shareMap: null;
  /** How the request of the person at this desk for one camera stands, after what was asked. */
  askLift: Result<LiftState>;
  /** How the probe of one camera stands, after what was asked. */
  probe: Result<ProbeState>;
  /** One responder's way may be shown from now on: that it is looked at is on the record. */
  followResponder: Result<null>;
  /** `PtzStatus` to `cameras.ptzStatus`, to everything else who may steer now. */
  steer: Result<PtzStatus | PtzLease>;
  voteCamera: Result<null>;
  /** A text that may name people, for the window that asked and for no longer than it shows it. */
  openParticulars: Result<ParticularsOpened>;
  /** Queued like every command. */
  eraseParticulars: Result<{ commandId: string }>;
  /** The picture as it is kept: it and its fact are on the disk. */
  takeSnapshot: Result<EvidenceRow>;
  listEvidence: Result<EvidenceList>;
  /** A right to fetch one kept picture once. */
  openEvidence: Result<EvidenceGrant>;
  /** Queued like every command. */
  eraseEvidence: Result<{ commandId: string }>;
  /** A word about one's own command that waits for it; what came of it arrives as a `commandSettled` event. */
  settleWaiting: Result<null>;
  /** Somebody has read which done commands are lost: they leave `link.lostCommands`. */
  lostSeen: Result<null>;
  setLanguage: null;
  /** Refused with `room.otherFingerprint` or, where somebody is believed already, `room.nothingToTrust`. */
  trustPlatform: Result<null>;
};

/** The functions main offers to a window: one window kind, one list of methods. */
export type MainMethods<Names extends MethodName = MethodName> = {
  [Name in Names]: (message: z.infer<(typeof methodArguments)[Name]>) => Promise<MethodAnswers[Name]>;
};

/** A window's kind decides what it may call. */
export const methodsOf = {
  console: [
    'hello',
    'openView',
    'openViews',
    'camerasById',
    'directoryPage',
    'cameraHealth',
    'exportCameraHealth',
    'loadHistory',
    'personNames',
    'basemap',
    'nextPositions',
    'followThumbnails',
    'login',
    'changePassword',
    'logout',
    'commandWall',
    'commandCamera',
    'commandMap',
    'shareMap',
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
    'setLanguage',
    'trustPlatform',
  ],
  wall: [
    'hello',
    'openView',
    'openViews',
    'camerasById',
    'directoryPage',
    'loadHistory',
    'basemap',
    'nextPositions',
    'reportGlass',
    'reportThumbnail',
  ],
} as const satisfies Record<WindowIdentity['kind'], readonly MethodName[]>;

/** What main offers to a console. */
export type ConsoleMethods = MainMethods<(typeof methodsOf)['console'][number]>;
/** What main offers to a wall window, which looks and reports but never commands. */
export type WallMethods = MainMethods<(typeof methodsOf)['wall'][number]>;
