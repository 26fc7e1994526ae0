import { z } from 'zod';
import { DeskId, EpochMs, PersonId, RegionId, safeText, UnitId } from '#contract/values/index.ts';
import { Role } from './policy.ts';

/** What a log-in asks over HTTP (POST /api/access/login). */
export const LoginRequest = z.strictObject({ account: z.string().min(1).max(64), password: z.string().min(1).max(256) });
export type LoginRequest = z.infer<typeof LoginRequest>;

/** The person at the console, as windows may know him. */
export const PersonView = z.strictObject({
  personId: PersonId,
  name: safeText({ maxLength: 40 }),
  roles: z.array(Role),
  territory: z.array(RegionId),
  unitId: UnitId.optional(),
});
export type PersonView = z.infer<typeof PersonView>;

/** A session: an opaque secret that main keeps and windows never see. Unit of expiry: epoch ms. */
export const SessionOpened = z.strictObject({
  session: z.string().min(32).max(128),
  expiresAtMs: EpochMs,
  person: PersonView,
  /** The password was made for this person: until he has set his own, the session is good for that and for nothing else. */
  mustChangePassword: z.literal(true).optional(),
});
export type SessionOpened = z.infer<typeof SessionOpened>;

/** A person's new password (POST /api/access/password, with his session); his other sessions end everywhere. */
export const ChangePassword = z.strictObject({ oldPassword: z.string().min(1).max(256), newPassword: z.string().min(1).max(256) });
export type ChangePassword = z.infer<typeof ChangePassword>;

/** A workstation's own identity (POST /api/access/enrol, with a session in the Authorization header). */
export const DeviceEnrolled = z.strictObject({ deskId: DeskId, deviceKey: z.string().min(32).max(128), territory: z.array(RegionId) });
export type DeviceEnrolled = z.infer<typeof DeviceEnrolled>;

/** A demo account as the log-in screen offers it; demo mode only, on loopback, said on screen. */
export const DemoAccount = z.strictObject({ account: z.string(), password: z.string(), name: z.string(), roles: z.array(Role) });
export type DemoAccount = z.infer<typeof DemoAccount>;

/** Names the first administrator with the one-time code that a new platform prints (POST /api/access/first-administrator). */
export const FirstAdministrator = z.strictObject({
  code: z.string().min(8).max(64),
  account: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
  name: safeText({ maxLength: 40 }).min(1),
});
export type FirstAdministrator = z.infer<typeof FirstAdministrator>;

/** Whether nobody administers this platform yet (GET /api/access/first-administrator): then the page asks for the printed code. */
export const FirstAdministratorWanted = z.strictObject({ isWanted: z.boolean() });
export type FirstAdministratorWanted = z.infer<typeof FirstAdministratorWanted>;

/** Why access says no; texts under `access:refusals`. */
export type AccessRefusalCode =
  | 'access.wrongPassword'
  | 'access.tooManyTries'
  | 'access.sessionEnded'
  | 'access.notAllowed'
  | 'access.unknownDevice'
  | 'access.accountTaken'
  | 'access.noSuchPerson'
  | 'access.noSuchRegion'
  | 'access.noSuchUnit'
  | 'access.lastAdministrator'
  /** The session is good for setting an own password only. */
  | 'access.passwordChangeRequired'
  | 'access.passwordShort'
  | 'access.passwordNotNew'
  | 'access.passwordNamesYou'
  | 'access.passwordPattern';
