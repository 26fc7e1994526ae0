import { z } from 'zod';
import { MaskAreas } from './masks.ts';
import { CameraId, CountyId, LngLat, RegionId, safeText, UnitId } from '#contract/values/index.ts';

/** `main` is the full picture, `sub` the small one; a tile takes the smallest that fills it. */
export const StreamQuality = z.enum(['main', 'sub']);
export type StreamQuality = z.infer<typeof StreamQuality>;

/** Ways a window can play a source: our own push socket, HLS, or WHEP spoken by the window itself. */
export const CameraPlayer = z.enum(['push', 'hls', 'whep']);
export type CameraPlayer = z.infer<typeof CameraPlayer>;

/** How sensitive a camera's view is. Sensitive ones are masked by default (safety.md); `ordinary` is a street or a river. */
export const CameraClass = z.enum(['ordinary', 'school', 'clinic', 'homeFront']);
export type CameraClass = z.infer<typeof CameraClass>;

/** Whether a view of such a camera is masked unless somebody lifts it (safety.md, "Pictures and privacy"). */
export function isMaskedByDefault(cameraClass: CameraClass): boolean {
  return cameraClass !== 'ordinary';
}

/**
 * A camera as desks see it. Where its pictures come from (URLs, passwords) never leaves the platform.
 * `number` is the short number people say over the phone. `location` is WGS-84; `azimuthDeg` 0 = north, clockwise.
 */
export const Camera = z.strictObject({
  countyId: CountyId,
  id: CameraId,
  number: z.string().max(16),
  gbId: z
    .string()
    .regex(/^\d{20}$/)
    .nullable(),
  name: safeText({ maxLength: 60 }),
  nameEn: safeText({ maxLength: 80 }),
  spelling: z.strictObject({ pinyin: z.string().max(200), initials: z.string().max(60) }),
  regionId: RegionId,
  location: LngLat.nullable(),
  azimuthDeg: z.number().min(0).lt(360).nullable(),
  fieldOfViewDeg: z.number().gt(0).max(360).nullable(),
  rangeM: z.number().gt(0).max(50_000).nullable(),
  cameraClass: CameraClass,
  /** The department that is responsible for it, where the directory says one: its liaison reads what happens to it. */
  unitId: UnitId.optional(),
  /** Which renditions its source offers; empty = known to the directory, not connected to this gateway. */
  streams: z.array(StreamQuality).max(2),
  /** Which players can play a stream, where that differs from `usualPlayers`. */
  players: z.partialRecord(StreamQuality, z.array(CameraPlayer).max(3)).optional(),
  /** What of its picture is burned over; absent = nothing, or for a sensitive class all of it (`usualView`). */
  masks: MaskAreas.optional(),
  /** How the camera can be steered; absent = it stands still, as far as the directory knows. */
  steering: z.enum(['onvif']).optional(),
  /** Who repairs it, and the number to call: shown on an offline tile. */
  maintainer: z.string().max(60),
  maintainerPhone: z.string().max(32),
});
export type Camera = z.infer<typeof Camera>;

/** What every source can serve but those that a window plays itself. */
export const usualPlayers: readonly CameraPlayer[] = ['push', 'hls'];

/** The players that can play a camera's stream, the best first. */
export function playersFor(camera: Pick<Camera, 'players'>, quality: StreamQuality): readonly CameraPlayer[] {
  return camera.players?.[quality] ?? usualPlayers;
}

/**
 * What of a camera may be seen unless somebody lifts it: all of it, its picture with the masks burned in, or nothing. A sensitive camera
 * without areas is covered: nobody has said yet what of it may be seen.
 */
export type UsualView = 'plain' | 'masked' | 'covered';

/** What of a camera may be seen without anybody's leave. Areas mask an ordinary camera's picture too: a window across the street. */
export function usualView({ cameraClass, masks }: Pick<Camera, 'cameraClass' | 'masks'>): UsualView {
  if (masks !== undefined) return 'masked';
  return isMaskedByDefault(cameraClass) ? 'covered' : 'plain';
}
