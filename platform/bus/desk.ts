import type { z } from 'zod';
import type { auditFacts } from '#contract/audit/index.ts';
import type { PolicyActor } from '#contract/access/index.ts';
import {
  type AskReceipts,
  type CommandMessage,
  type CommandReply,
  type DeskCommand,
  type DirectoryTold,
  protocolVersion,
  type Question,
  type ReceiptsReply,
  type ShipDeskFacts,
  type ShipReply,
  type Welcome,
} from '#contract/bus/index.ts';
import type { LiftState, MediaGrant, OpenView, OpenViews, ProbeState, PtzLease, PtzStatus } from '#contract/cameras/index.ts';
import type { EvidenceGrant, EvidenceList, EvidenceQuestion, EvidenceRow } from '#contract/evidence/index.ts';
import type { Actor, OpenParticulars, ParticularsOpened } from '#contract/record/index.ts';
import { type Clock, type DeskId, granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import { type Access, deviceActor, personActor } from '../access/index.ts';
import type { CommandTurnedAway, SignHeads } from '../audit/index.ts';
import { type Lifts, type Probes, type Steering, type SteeringAsker, steeringRank } from '../cameras/index.ts';
import type { Evidence } from '../evidence/index.ts';
import type { CountyProfile } from '../ports.ts';
import { type Decided, deskShipment, type Particulars, type RecordStore, type RecordView, type Writer } from '../record/index.ts';
import type { FollowRegister, Positions } from '../responders/index.ts';
import { commandBodyHash } from './commandBody.ts';
import { readableFeeds, type Territories } from './readableFeeds.ts';

/** Who is at a connection: the workstation, and the session of the person at it. */
export type DeskIdentity = { readonly deskId: DeskId; readonly sessionId: string | null };

/** Everything behind the bus, by name. */
export type DeskPorts = {
  readonly county: CountyProfile;
  readonly mode: 'demo' | 'normal';
  readonly access: Access;
  readonly store: RecordStore;
  readonly writer: Writer;
  readonly territories: () => Territories;
  /** The directory's revision as an actor's pages carry it. */
  readonly directoryRevision: (actor: PolicyActor) => number;
  readonly decideCommand: (asked: { command: DeskCommand; actor: PolicyActor; personId: PersonId; view: RecordView }) => Result<Decided>;
  readonly particulars: Pick<Particulars, 'keyedHash' | 'open' | 'scrubbed'>;
  readonly openView: (question: OpenView, viewer: DeskIdentity) => Promise<Result<MediaGrant>>;
  readonly openViews: (question: OpenViews, viewer: DeskIdentity) => Promise<readonly Result<MediaGrant>[]>;
  readonly steering: Pick<Steering, 'ask' | 'lineLost'>;
  readonly lifts: Pick<Lifts, 'ask'>;
  readonly probes: Pick<Probes, 'ask'>;
  readonly evidence: Pick<Evidence, 'ask' | 'settled'>;
  readonly follows: FollowRegister;
  /** Signs where all feeds are now; the answer makes of it what a desk with these readable heads is sent. */
  readonly signHeads: SignHeads;
  /** Told of commands that nobody decided, so that they are on the record too. */
  readonly onCommandRefused: (refused: CommandTurnedAway) => void;
  readonly positions: Pick<Positions, 'follow'>;
  readonly clock: Clock;
};

/** Every answer to a question. */
type Answer =
  | MediaGrant
  | readonly Result<MediaGrant>[]
  | ParticularsOpened
  | PtzStatus
  | PtzLease
  | LiftState
  | ProbeState
  | EvidenceRow
  | EvidenceList
  | EvidenceGrant
  | null;

/** Who steers at a connection: the person, never the workstation. */
function steererAt({ access }: DeskPorts, { deskId, sessionId }: DeskIdentity): SteeringAsker | null {
  const signedIn = sessionId === null ? null : access.signedInById(sessionId);
  if (signedIn === null || sessionId === null) return null;
  const { personId, name, roles } = signedIn.person;
  return { personId, name, rank: steeringRank(roles), deskId, sessionId, actor: personActor(signedIn.person) };
}

/** Who reads at a connection: the person while somebody is logged in, otherwise the workstation itself. Null = the device is unknown now. */
export function readerAt({ access }: DeskPorts, { deskId, sessionId }: DeskIdentity): PolicyActor | null {
  const device = access.deviceById(deskId);
  if (device === null) return null;
  const signedIn = sessionId === null ? null : access.signedInById(sessionId);
  return signedIn === null ? deviceActor(device) : personActor(signedIn.person);
}

/** The revision of the workstation's own pages: its copy of the directory is the same whoever is logged in. Null = the device is unknown now. */
export function directoryTo({ access, directoryRevision }: DeskPorts, deskId: DeskId): DirectoryTold | null {
  const device = access.deviceById(deskId);
  return device === null ? null : { revision: directoryRevision(deviceActor(device)) };
}

/** What a connection is told first, and again whenever its rights change. */
export function welcomeFor(ports: DeskPorts, identity: DeskIdentity): Welcome {
  const { county, mode, clock, territories } = ports;
  const actor = readerAt(ports, identity);
  const feeds = actor === null ? [] : readableFeeds({ actor, deskId: identity.deskId, territories: territories() });
  return {
    protocolVersion,
    countyId: county.countyId,
    countyName: county.name,
    countyNameEn: county.nameEn,
    timeZone: county.timeZone,
    isDemo: mode === 'demo',
    platformNowMs: clock.nowMs(),
    feeds: [...feeds],
  };
}

/** A command of the person whose session it names: decided by the writer, answered after the commit, the same for every repetition. */
export async function answerCommand(
  ports: DeskPorts,
  { deskId, message }: { deskId: DeskId; message: CommandMessage },
): Promise<CommandReply> {
  const { commandId, deskSeq, session, lookedAtVersion, command } = message;
  const standing = ports.access.standing(session);
  if (standing.kind !== 'open') {
    const code = standing.kind === 'ended' ? 'access.sessionEnded' : 'access.passwordChangeRequired';
    const personId = standing.kind === 'ended' ? null : standing.signedIn.person.personId;
    ports.onCommandRefused({ deskId, personId, commandType: command.type, code });
    return { ok: false, commandId, refusal: { code } };
  }
  const { person } = standing.signedIn;
  const bodyHash = commandBodyHash({ ...ports, deskId, personId: person.personId, message });
  const isErasure = command.type === 'record.eraseParticulars' || command.type === 'evidence.erase';
  const outcome = await ports.writer.submit({
    key: { commandId, bodyHash, deskId, deskSeq },
    actor: `person/${person.personId}` as Actor,
    lookedAtVersion,
    ...(isErasure ? { batch: 'alone' } : {}),
    decide: (view) => ports.decideCommand({ command, actor: personActor(person), personId: person.personId, view }),
    refusedAs: (code) => ({
      type: 'audit.commandRefused',
      subject: `desk/${deskId}`,
      payload: { commandType: command.type, code, deskId, repeats: 0 } satisfies z.infer<(typeof auditFacts)['audit.commandRefused']>,
    }),
  });
  // Done is done: the words are out of the files when this is answered.
  if (isErasure && outcome.ok) await Promise.all([ports.particulars.scrubbed(), ports.evidence.settled()]);
  return outcome.ok ? { ok: true, commandId, factCount: outcome.value } : { ok: false, commandId, refusal: plainRefusal(outcome.refusal) };
}

/** Facts of the desk's own walls. */
export async function answerShipment(
  { writer, store, county }: DeskPorts,
  { deskId, message }: { deskId: DeskId; message: ShipDeskFacts },
): Promise<ShipReply> {
  const outcome = await writer.submit(deskShipment({ deskId, countyId: county.countyId, facts: message.facts, store }));
  return outcome.ok ? { ok: true, settledSeq: outcome.value } : { ok: false, refusal: plainRefusal(outcome.refusal) };
}

/** A question; the answer is a Result as it stands. */
export async function answerQuestion(
  ports: DeskPorts,
  { identity, question }: { identity: DeskIdentity; question: Question },
): Promise<Result<Answer>> {
  const answered = await answerFor({ ports, identity, question });
  return answered.ok ? answered : refused(answered.refusal.code, answered.refusal.params);
}

async function answerFor({
  ports,
  identity,
  question,
}: {
  ports: DeskPorts;
  identity: DeskIdentity;
  question: Question;
}): Promise<Result<Answer>> {
  switch (question.type) {
    case 'cameras.openView':
      return await ports.openView(question, identity);
    case 'cameras.openViews':
      return granted(await ports.openViews(question, identity));
    case 'record.openParticulars':
      return await openParticulars({ ports, identity, question });
    case 'cameras.ptzStatus':
    case 'cameras.ptzTake':
    case 'cameras.ptzMove':
    case 'cameras.ptzStop':
    case 'cameras.ptzGoTo':
    case 'cameras.ptzRelease':
      return await ports.steering.ask(question, steererAt(ports, identity));
    case 'cameras.askLift':
    case 'cameras.liftStatus':
    case 'cameras.endLift':
      return await ports.lifts.ask(question, steererAt(ports, identity));
    case 'cameras.probe':
    case 'cameras.probeStatus':
      return await ports.probes.ask(question, steererAt(ports, identity));
    case 'evidence.take':
    case 'evidence.list':
    case 'evidence.open':
      return await askEvidence({ ports, identity, question });
    case 'responders.followOne':
      return await ports.follows.ask(question, steererAt(ports, identity));
  }
}

/** A picture that somebody may not have is on the record like a command that he may not give. */
async function askEvidence({
  ports,
  identity,
  question,
}: {
  ports: DeskPorts;
  identity: DeskIdentity;
  question: EvidenceQuestion;
}): Promise<Result<Answer>> {
  const asker = steererAt(ports, identity);
  const answered = await ports.evidence.ask(question, asker);
  const isTurnedAway = !answered.ok && ['access.notAllowed', 'cameras.unknown', 'evidence.unknown'].includes(answered.refusal.code);
  if (isTurnedAway) {
    const { deskId } = identity;
    ports.onCommandRefused({ deskId, personId: asker?.personId ?? null, commandType: question.type, code: answered.refusal.code });
  }
  return answered;
}

async function openParticulars({
  ports: { access, particulars },
  identity: { deskId, sessionId },
  question,
}: {
  ports: DeskPorts;
  identity: DeskIdentity;
  question: OpenParticulars;
}): Promise<Result<ParticularsOpened>> {
  const person = sessionId === null ? undefined : access.signedInById(sessionId)?.person;
  if (person === undefined) return refused('access.sessionEnded');
  return await particulars.open(question, { personId: person.personId, actor: personActor(person), deskId });
}

/** Which of a desk's own commands the record knows. A receipt from before desks were kept with them is told to whoever knows its id. */
export async function answerReceipts(
  { store }: DeskPorts,
  { deskId, message }: { deskId: DeskId; message: AskReceipts },
): Promise<ReceiptsReply> {
  const own = (await store.readReceipts(message.commandIds)).filter((receipt) => receipt.deskId === null || receipt.deskId === deskId);
  return { known: own.map(({ commandId }) => commandId) };
}

/** The platform's time, for the offset between its clock and the desk's. */
export function answerClock({ clock }: DeskPorts): { platformNowMs: number } {
  return { platformNowMs: clock.nowMs() };
}

function plainRefusal({ code, params }: { code: string; params?: Readonly<Record<string, string | number>> }) {
  return params === undefined ? { code } : { code, params: { ...params } };
}
