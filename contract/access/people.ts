import { z } from 'zod';
import { FeedName } from '#contract/record/index.ts';
import { PersonId, RegionId, safeText, UnitId } from '#contract/values/index.ts';
import { Role } from './policy.ts';

const account = z.string().min(1).max(64).regex(/^\S+$/);
const rights = {
  roles: z.array(Role).min(1).max(Role.options.length),
  /** Regions with all below them. */
  territory: z.array(RegionId).min(1).max(64),
  /** The department that a liaison speaks for; absent = none. */
  unitId: UnitId.optional(),
};

/** Somebody with an account, as administrators see him. */
export const AccountView = z.strictObject({
  personId: PersonId,
  account: z.string(),
  name: z.string(),
  roles: z.array(Role),
  territory: z.array(RegionId),
  unitId: UnitId.optional(),
  isDisabled: z.boolean(),
});
export type AccountView = z.infer<typeof AccountView>;

/** A new account (POST /api/access/people). */
export const AddPerson = z.strictObject({ account, name: safeText({ maxLength: 40 }).min(1), ...rights });
export type AddPerson = z.infer<typeof AddPerson>;

/** A change to an account (POST /api/access/people/change). Every one but `enable` ends the person's sessions everywhere. */
export const PersonChange = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('disable'), personId: PersonId }),
  z.strictObject({ change: z.literal('enable'), personId: PersonId }),
  z.strictObject({ change: z.literal('resetPassword'), personId: PersonId }),
  z.strictObject({ change: z.literal('setRights'), personId: PersonId, ...rights }),
]);
export type PersonChange = z.infer<typeof PersonChange>;

/** How an account stands after it was added or changed. `newPassword` is told this once and kept as a hash only; null = it did not change. */
export const PersonChanged = z.strictObject({ person: AccountView, newPassword: z.string().nullable() });
export type PersonChanged = z.infer<typeof PersonChanged>;

/** "What would this person see?" (POST /api/access/people/preview), for rights that somebody has or may be given. */
export const PreviewRights = z.strictObject(rights);
export type PreviewRights = z.infer<typeof PreviewRights>;

/** What such a person would see and read: counts of rows, and feeds by name. Worked out by the same functions that answer the person. */
export const RightsPreview = z.strictObject({
  regions: z.int().min(0),
  cameras: z.int().min(0),
  /** Cameras whose picture may be opened, masks aside. */
  openableCameras: z.int().min(0),
  centers: z.int().min(0),
  units: z.int().min(0),
  responders: z.int().min(0),
  feeds: z.array(FeedName),
});
export type RightsPreview = z.infer<typeof RightsPreview>;
