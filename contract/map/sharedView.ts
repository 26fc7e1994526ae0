import { z } from 'zod';
import { CameraId, CenterId, IncidentId, LngLat, RegionId, WindowId } from '#contract/values/index.ts';

/** Where a map looks: zoom as of tiles of 512 px, pitch and bearing in degrees, in an element of so many CSS pixels. */
export const MapCamera = z.strictObject({
  center: LngLat,
  zoom: z.number().min(0).max(24),
  pitch: z.number().min(0).max(85),
  bearing: z.number().min(-360).max(360),
  widthPx: z.number().min(1).max(100_000),
  heightPx: z.number().min(1).max(100_000),
});
export type MapCamera = z.infer<typeof MapCamera>;

/** The one thing that is chosen on the map. `index`: a responder's number. */
export const ChosenOnMap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('region'), regionId: RegionId }),
  z.strictObject({ kind: z.literal('camera'), cameraId: CameraId }),
  z.strictObject({ kind: z.literal('incident'), incidentId: IncidentId }),
  z.strictObject({ kind: z.literal('center'), centerId: CenterId }),
  z.strictObject({ kind: z.literal('responder'), index: z.int().min(0) }),
]);

/** What a console says that the maps of its desk are to show. No fact: it moves too often, and concerns nobody else. */
export const MapLook = z.strictObject({
  camera: MapCamera,
  /** Layers by name; one that is not named is as it was. */
  layers: z
    .record(z.string().regex(/^[a-z][a-zA-Z]{0,31}$/), z.boolean())
    .refine((layers) => Object.keys(layers).length <= 32, 'at most 32 layers'),
  chosen: ChosenOnMap.nullable(),
});
export type MapLook = z.infer<typeof MapLook>;

/** What the maps of a desk show together, and the window that said so last; null after a restart. */
export const SharedMapLook = MapLook.extend({ by: WindowId.nullable() });
export type SharedMapLook = z.infer<typeof SharedMapLook>;

/** The zoom at which an element of another size shows the same part of the land, and what is beside it. */
export function zoomIn(
  { zoom, widthPx, heightPx }: Pick<MapCamera, 'zoom' | 'widthPx' | 'heightPx'>,
  own: { widthPx: number; heightPx: number },
): number {
  if (own.widthPx <= 0 || own.heightPx <= 0) return zoom;
  return zoom + Math.log2(Math.min(own.widthPx / widthPx, own.heightPx / heightPx));
}

/** A camera as the content of a tile: flat, so that it lies in the scene. */
export function pinnedContent({ center: [lng, lat], ...camera }: MapCamera): Record<string, number> {
  return { lng, lat, ...camera };
}

/** The camera that a map tile is pinned to; null = it follows the console's map. */
export function pinnedCamera({ lng, lat, ...content }: Readonly<Record<string, unknown>>): MapCamera | null {
  const camera = MapCamera.safeParse({ center: [lng, lat], ...content });
  return camera.success ? camera.data : null;
}
