import type { z } from 'zod';
import type { auditFacts } from '#contract/audit/index.ts';
import type { PolicyActor } from '#contract/access/index.ts';
import {
  type AskReceipts,
  type CommandMessage,
  type CommandReply,
  protocolVersion,
  type Question,
  type ReceiptsReply,
  type ShipDeskFacts,
  type ShipReply,
  type Welcome,
} from '#contract/bus/index.ts';
import type { CameraCommand, MediaGrant } from '#contract/cameras/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { type Clock, type DeskId, granted, type Result, refused } from '#contract/values/index.ts';
import { type Access, deviceActor, personActor } from '../access/index.ts';
import type { SignHeads } from '../audit/index.ts';
import type { CountyProfile } from '../ports.ts';
import { deskShipment, type FactDraft, type RecordStore, type RecordView, sha256, type Writer } from '../record/index.ts';
import type { Positions } from '../responders/index.ts';
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
  readonly decideCommand: (asked: { command: CameraCommand; actor: PolicyActor; view: RecordView }) => Result<readonly FactDraft[]>;
  readonly openView: (question: Question, viewer: DeskIdentity) => Result<MediaGrant>;
  /** Signs where all feeds are now; the answer makes of it what a desk with these readable heads is sent. */
  readonly signHeads: SignHeads;
  readonly positions: Pick<Positions, 'follow'>;
  readonly clock: Clock;
};

/** Who reads at a connection: the person while somebody is logged in, otherwise the workstation itself. Null = the device is unknown now. */
export function readerAt({ access }: DeskPorts, { deskId, sessionId }: DeskIdentity): PolicyActor | null {
  const device = access.deviceById(deskId);
  if (device === null) return null;
  const signedIn = sessionId === null ? null : access.signedInById(sessionId);
  return signedIn === null ? deviceActor(device) : personActor(signedIn.person);
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
  const { commandId, deskSeq, session, askedAtMs, command } = message;
  const signedIn = ports.access.signedIn(session);
  if (signedIn === null) return { ok: false, commandId, refusal: { code: 'access.sessionEnded' } };
  const { person } = signedIn;
  // The session is left out on purpose: its person may send the same command again after a new log-in.
  const bodyHash = sha256(JSON.stringify([deskId, person.personId, deskSeq, askedAtMs, command]));
  const outcome = await ports.writer.submit({
    key: { commandId, bodyHash, deskId, deskSeq },
    actor: `person/${person.personId}` as Actor,
    decide: (view) => {
      const decided = ports.decideCommand({ command, actor: personActor(person), view });
      return decided.ok ? granted({ facts: decided.value }) : decided;
    },
    refusedAs: (code) => ({
      type: 'audit.commandRefused',
      subject: `desk/${deskId}`,
      payload: { commandType: command.type, code, deskId } satisfies z.infer<(typeof auditFacts)['audit.commandRefused']>,
    }),
  });
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
export function answerQuestion(
  ports: DeskPorts,
  { identity, question }: { identity: DeskIdentity; question: Question },
): Result<MediaGrant> {
  const answered = ports.openView(question, identity);
  return answered.ok ? answered : refused(answered.refusal.code, answered.refusal.params);
}

/** Which of a desk's commands the record knows: ids are random enough that nobody asks for another's. */
export async function answerReceipts({ store }: DeskPorts, { commandIds }: AskReceipts): Promise<ReceiptsReply> {
  return { known: (await store.readReceipts(commandIds)).map(({ commandId }) => commandId) };
}

/** The platform's time, for the offset between its clock and the desk's. */
export function answerClock({ clock }: DeskPorts): { platformNowMs: number } {
  return { platformNowMs: clock.nowMs() };
}

function plainRefusal({ code, params }: { code: string; params?: Readonly<Record<string, string | number>> }) {
  return params === undefined ? { code } : { code, params: { ...params } };
}
