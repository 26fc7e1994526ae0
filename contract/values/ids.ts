import { z } from 'zod';

/**
 * Ids are strings everywhere: a 20-digit GB/T 28181 id does not fit a JavaScript number (field.md).
 * They travel in URLs, file names and feed names, hence the narrow alphabet; `__proto__` and friends do not pass
 * because an id starts with a letter or digit.
 */
const idText = z
  .string()
  .min(1)
  .max(64)
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'an id is 1 to 64 letters, digits, dots, dashes and underscores, and starts with a letter or digit',
  );

/** The county that a row, a path and a fact belong to. */
export const CountyId = idText.brand<'CountyId'>();
export type CountyId = z.infer<typeof CountyId>;

/** A node of the territory tree (county, town, village, grid); opaque, never a division code: codes change over the years. */
export const RegionId = idText.brand<'RegionId'>();
export type RegionId = z.infer<typeof RegionId>;

/** A camera's own id. Its 20-digit national id is a field beside it (`gbId`). */
export const CameraId = idText.brand<'CameraId'>();
export type CameraId = z.infer<typeof CameraId>;

/** A command center of a Region. */
export const CenterId = idText.brand<'CenterId'>();
export type CenterId = z.infer<typeof CenterId>;

/** A department or town office. */
export const UnitId = idText.brand<'UnitId'>();
export type UnitId = z.infer<typeof UnitId>;

/** A person or vehicle in the field. */
export const ResponderId = idText.brand<'ResponderId'>();
export type ResponderId = z.infer<typeof ResponderId>;

/** Somebody with an account. Opaque: facts hold this, never a name. */
export const PersonId = idText.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;

/** One workstation. It owns its Walls (`desk/<deskId>`) and signs in with a device key. */
export const DeskId = idText.brand<'DeskId'>();
export type DeskId = z.infer<typeof DeskId>;

/** Something that must be handled. What people call it by is its number. */
export const IncidentId = idText.brand<'IncidentId'>();
export type IncidentId = z.infer<typeof IncidentId>;

/** UUIDv7 of a command, made by whoever asks: the same id again gets the same reply. */
export const CommandId = z.uuid().brand<'CommandId'>();
export type CommandId = z.infer<typeof CommandId>;

/** One opened window of a desk; new at each opening. */
export const WindowId = idText.brand<'WindowId'>();
export type WindowId = z.infer<typeof WindowId>;
