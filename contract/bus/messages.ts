import { z } from 'zod';
import { SignedHeads } from '#contract/audit/index.ts';
import { LiftQuestion, OpenView, ProbeQuestion, OpenViews, PtzQuestion } from '#contract/cameras/index.ts';
import { EvidenceQuestion } from '#contract/evidence/index.ts';
import { Fact, FeedFact, FeedName, OpenParticulars, Position } from '#contract/record/index.ts';
import { FollowOne } from '#contract/map/index.ts';
import { CommandId, CountyId, DeskId, EpochMs } from '#contract/values/index.ts';
import { DeskCommand } from './commands.ts';

/** Version of everything in this file. The platform serves this one and the one before. */
export const protocolVersion = 1;

/** Path of the bus on the platform's HTTP server. */
export const busPath = '/bus';

/** Greatest message from client to platform and back, bytes (protocol.md, "Reading"). */
export const busLimits = {
  toPlatformBytes: 64 * 1024,
  toClientBytes: 256 * 1024,
  headsEveryMs: 2_000,
  strikes: 3,
  receipts: 1_000,
} as const;

/** Socket.IO `auth` of the handshake: the workstation's device identity. The person's session is attached afterwards. */
export const Handshake = z.strictObject({
  protocolVersion: z.int(),
  deskId: DeskId,
  deviceKey: z.string().min(32).max(128),
});
export type Handshake = z.infer<typeof Handshake>;

/** Why a handshake is turned away; the `message` of Socket.IO's connect_error. Only `bus.unreachable` (made locally) is worth trying again unchanged. */
export type HandshakeRefusalCode = 'bus.protocolVersion' | 'access.unknownDevice' | 'bus.badHandshake';

/** First message of the platform on every connection: who the desk is talking to and what it may read now. */
export const Welcome = z.strictObject({
  protocolVersion: z.int(),
  countyId: CountyId,
  countyName: z.string().max(60),
  countyNameEn: z.string().max(80),
  timeZone: z.string().max(64),
  isDemo: z.boolean(),
  platformNowMs: EpochMs,
  feeds: z.array(FeedName).max(256),
});
export type Welcome = z.infer<typeof Welcome>;

/**
 * Asks for everything after the given places. A feed with a null place gets a snapshot. The answer comes as `feed` messages, one at a
 * time: the next one is sent when the client has acknowledged the last (credit of one).
 */
export const Resume = z.strictObject({ places: z.array(z.strictObject({ feed: FeedName, position: Position.nullable() })).max(256) });
export type Resume = z.infer<typeof Resume>;

/** One answer to `resume`: missed facts in order, or a snapshot in numbered chunks of JSON text, with why it is one. `isLast` closes a feed. */
export const FeedMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('facts'), feed: FeedName, facts: z.array(FeedFact).max(2000), isLast: z.boolean() }),
  z.strictObject({
    kind: z.literal('snapshot'),
    position: Position,
    why: z.enum(['noPosition', 'unknownEpoch', 'otherHash', 'aheadOfHead', 'gapTooLarge']),
    chunk: z.int().min(0),
    chunks: z.int().min(1),
    text: z.string(),
  }),
]);
export type FeedMessage = z.infer<typeof FeedMessage>;

/** Newly recorded facts, each at its place in a readable feed. */
export const FactsMessage = z.strictObject({ facts: z.array(FeedFact).max(2000) });
export type FactsMessage = z.infer<typeof FactsMessage>;

/** Where the readable feeds end, every `headsEveryMs`: a gap on a silent link is seen by it. */
export const Heads = z.strictObject({ platformNowMs: EpochMs, heads: z.array(Position).max(256) });
export type Heads = z.infer<typeof Heads>;

/**
 * Which revision the directory's pages have for this workstation now: told with each connection and when it becomes another one, that is, when
 * a row changes that the workstation may see. A number to compare for equality, never for order.
 */
export const DirectoryTold = z.strictObject({ revision: z.int().min(0).max(0xffff_ffff) });
export type DirectoryTold = z.infer<typeof DirectoryTold>;

/** A command on the wire. `deskSeq` counts this desk's commands from 1; the platform keeps a receipt by `commandId`. */
export const CommandMessage = z.strictObject({
  commandId: CommandId,
  deskSeq: z.int().min(1),
  session: z.string().min(32).max(128),
  askedAtMs: EpochMs,
  /**
   * Version of what the command changes, as its person saw it; absent where he saw none. Somebody else's change since then refuses it with
   * `bus.entityMovedOn` (`version` = the one now).
   */
  lookedAtVersion: z.int().min(0).optional(),
  command: DeskCommand,
});
export type CommandMessage = z.infer<typeof CommandMessage>;

const refusal = z.strictObject({
  code: z.string().max(64),
  params: z.record(z.string().max(32), z.union([z.string(), z.number()])).optional(),
});

/** The reply to a command, after the facts are on disk. The same for every repetition of the same command. */
export const CommandReply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), commandId: CommandId, factCount: z.int().min(0) }),
  z.strictObject({ ok: z.literal(false), commandId: CommandId, refusal }),
]);
export type CommandReply = z.infer<typeof CommandReply>;

/** Facts of the desk's own walls, in order. `seq` counts them from 1 for ever; the platform appends what is new and answers with what it has. */
export const ShipDeskFacts = z.strictObject({
  facts: z
    .array(z.strictObject({ seq: z.int().min(1), fact: Fact }))
    .min(1)
    .max(500),
});
export type ShipDeskFacts = z.infer<typeof ShipDeskFacts>;

/** Up to which `seq` the platform has this desk's facts; `missingFrom` when it needs earlier ones first. */
export const ShipReply = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), settledSeq: z.int().min(0) }),
  z.strictObject({ ok: z.literal(false), refusal }),
]);
export type ShipReply = z.infer<typeof ShipReply>;

/** Asks which of these commands the record knows: after a restore only the desks can tell what was done and is in it no more. */
export const AskReceipts = z.strictObject({ commandIds: z.array(CommandId).min(1).max(busLimits.receipts) });
export type AskReceipts = z.infer<typeof AskReceipts>;

/** The commands of an `AskReceipts` that the record has a receipt of, whatever the reply was. */
export const ReceiptsReply = z.strictObject({ known: z.array(CommandId).max(busLimits.receipts) });
export type ReceiptsReply = z.infer<typeof ReceiptsReply>;

/** Binds a person's session to this connection (null: unbinds). The answer is a new Welcome: the readable feeds may change. */
export const AttachSession = z.strictObject({ session: z.string().min(32).max(128).nullable() });
export type AttachSession = z.infer<typeof AttachSession>;

/** Questions: answered, not recorded as commands. */
export const Question = z.discriminatedUnion('type', [
  OpenParticulars,
  OpenView,
  OpenViews,
  ...PtzQuestion.options,
  ...LiftQuestion.options,
  ...ProbeQuestion.options,
  ...EvidenceQuestion.options,
  FollowOne,
]);
export type Question = z.infer<typeof Question>;

/** Asks for a whole picture of all positions with the next round; after it come changes only. Never needed on a fresh connection or session. */
export const WholePositions = z.strictObject({});

/**
 * Positions of responders, as bytes (contract/responders, positionFrame): a whole picture after each welcome, then what changed, once a second.
 * Lossy: for a reader that does not drain rounds are left out, and the next one that fits is whole. Browsers get an ArrayBuffer, Node a Buffer.
 */
export const PositionsMessage = z
  .union([z.instanceof(Uint8Array), z.instanceof(ArrayBuffer).transform((bytes) => new Uint8Array(bytes))])
  .refine(({ length }) => length <= busLimits.toClientBytes);

/**
 * The bus's events by name. Client to platform: each carries one message and an acknowledgement callback. Platform to client:
 * `welcome`, `directory`, `facts`, `heads`, once a second `positions` and once a minute `signedHeads` are told; `feed` wants an acknowledgement before the next one; `sessionEnded` names the person's session.
 */
export const clientEvents = {
  resume: Resume,
  command: CommandMessage,
  ship: ShipDeskFacts,
  attach: AttachSession,
  ask: Question,
  clock: z.strictObject({}),
  receipts: AskReceipts,
  positions: WholePositions,
} as const;
/** What the platform says, by event name. */
export const platformEvents = {
  welcome: Welcome,
  directory: DirectoryTold,
  feed: FeedMessage,
  facts: FactsMessage,
  heads: Heads,
  sessionEnded: z.strictObject({ code: z.string().max(64) }),
  signedHeads: SignedHeads,
  positions: PositionsMessage,
} as const;

/** Answer to `clock`: the platform's time, for the offset between its clock and the desk's. */
export const ClockReply = z.strictObject({ platformNowMs: EpochMs });
