import { z } from 'zod';

// C0/C1 controls, bidirectional overrides (U+202E spoofs file names and labels) and lone surrogates never reach a screen.
const unsafeInText = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]|\p{Surrogate}/u;

/** A short text that people read: trimmed, at most `maxLength` UTF-16 units, without control or direction characters. */
export function safeText({ maxLength }: { maxLength: number }) {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .refine((text) => !unsafeInText.test(text), 'contains control or text-direction characters');
}

/** Epoch milliseconds, integer: the only time on the wire. */
export const EpochMs = z.int().min(0).max(8_640_000_000_000_000);

/** WGS-84 `[lng, lat]` in degrees: the only coordinates on the wire; conversion happens at import. */
export const LngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).readonly();
export type LngLat = z.infer<typeof LngLat>;

/** Lower-case hex SHA-256. */
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
