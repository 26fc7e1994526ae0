import { z } from 'zod';
import { DemoAccount, PersonView } from '#contract/access/index.ts';
import { DeskCommand } from '#contract/bus/index.ts';
import { CameraCondition } from '#contract/cameras/index.ts';
import { OpenIncident } from '#contract/incidents/index.ts';
import { CameraVote, Drawing, mostVotes, SharedMapLook } from '#contract/map/index.ts';
import { CommandId, DeskId, EpochMs, Sha256Hex, WindowId } from '#contract/values/index.ts';
import { Continuity, WaitingCommands } from './continuity.ts';
import { PlatformTrust } from './trust.ts';
import { DisplayGeometry, DisplayKey, GlassReport, KeySource, WallState } from '#contract/wall/index.ts';

/** A command that the platform had done and whose record no longer knows it: an older backup was put back. Times of this machine's clock. */
export const LostCommand = z.strictObject({ commandId: CommandId, command: DeskCommand, askedAtMs: EpochMs, doneAtMs: EpochMs });
export type LostCommand = z.infer<typeof LostCommand>;

/** How the desk's link to the platform is doing. `missed` must stay 0: facts that a feed has and this desk never got. */
export const LinkStatus = z.strictObject({
  kind: z.enum(['connecting', 'live', 'down', 'refused']),
  sinceMs: EpochMs,
  /** Refusal code when `refused`, else null. */
  code: z.string().max(64).nullable(),
  feeds: z.int().min(0),
  /** Gaps that were found and filled since the room was started. */
  healedGaps: z.int().min(0),
  missed: z.int().min(0),
  /** Commands and wall facts that wait to be sent. */
  waiting: z.int().min(0),
  /** What was done and is lost, oldest first: to be decided again by people. */
  lostCommands: z.array(LostCommand).max(1_000),
});
export type LinkStatus = z.infer<typeof LinkStatus>;

/** A Display that is plugged in now. Its scene (WallState) stays when it is unplugged. */
export const PresentDisplay = z.strictObject({
  displayKey: DisplayKey,
  keySource: KeySource,
  connector: z.string().max(64),
  ...DisplayGeometry.shape,
  scale: z.number().gt(0),
  isPrimary: z.boolean(),
});
export type PresentDisplay = z.infer<typeof PresentDisplay>;

/** Languages of the windows: Chinese first, English complete. */
export const Language = z.enum(['zh', 'en']);
export type Language = z.infer<typeof Language>;

/** What every window shows on its edge when the room is not what it should be: codes, translated at the screen. */
export const RoomWarning = z.enum([
  'demo',
  'noSandbox',
  'secretsInMemory',
  'olderThanPlatform',
  'wallJournalReadOnly',
  'platformNotBelieved',
  'browserNeedsAuthority',
  'basemapRefused',
]);
export type RoomWarning = z.infer<typeof RoomWarning>;

/** The room as main knows it: all that a window needs to draw itself from nothing. Parts are replaced whole by RoomEvents. */
export const Room = z.strictObject({
  shell: z.enum(['electron', 'kiosk', 'tab']),
  county: z.strictObject({ name: z.string(), nameEn: z.string(), timeZone: z.string() }).nullable(),
  language: Language,
  /** platform clock minus this machine's clock, ms: platformNow = Date.now() + this. */
  platformOffsetMs: z.int(),
  link: LinkStatus,
  continuity: Continuity,
  waiting: WaitingCommands,
  person: PersonView.nullable(),
  /** Which workstation this is, once the platform has said; pictures that carry a watermark name it. */
  deskId: DeskId.nullable().optional(),
  warnings: z.array(RoomWarning),
  /** Whether the platform is believed to be the platform; absent = main does not tell. */
  trust: PlatformTrust.optional(),
  displays: z.array(PresentDisplay),
  wall: WallState,
  cameras: z.array(CameraCondition),
  /** Those that are open, of the feeds that this workstation reads; absent = none. */
  incidents: z.array(OpenIncident).optional(),
  /** What is drawn on the map, the oldest first, those whose time is over among them; absent = nothing. */
  drawings: z.array(Drawing).optional(),
  /** What the maps of this desk show together; absent = no console has said it yet. */
  mapLook: SharedMapLook.optional(),
  /** What people at this workstation said of cameras for places; absent = nothing. */
  cameraVotes: z.array(CameraVote).max(mostVotes).optional(),
  /** Of main's copy of the directory, 0 = none yet. Compared for equality, never for order (contract/directory, pages). */
  directoryRevision: z.int().min(0),
  /** Content hash of the county pack that this workstation has (contract/map); absent = none yet. Another one is another map. */
  mapPack: Sha256Hex.optional(),
  /** Whose positions there are: how many responders the workstation follows, and under which numbering (frames name it as their directoryRevision). */
  responders: z.strictObject({ directoryRevision: z.int().min(0), count: z.int().min(0) }),
  glass: z.array(GlassReport),
  /** Offered on the log-in screen in demo mode; empty otherwise. */
  demoAccounts: z.array(DemoAccount),
});
export type Room = z.infer<typeof Room>;

/** What opened a window and which one it is. */
export const WindowIdentity = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('console'), windowId: WindowId }),
  z.strictObject({ kind: z.literal('wall'), windowId: WindowId, displayKey: DisplayKey }),
]);
export type WindowIdentity = z.infer<typeof WindowIdentity>;
