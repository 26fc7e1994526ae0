import { z } from 'zod';
import { CameraId, CenterId, IncidentId, LngLat, RegionId, WindowId } from '#contract/values/index.ts';
import { MapArea } from './area.ts';

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

const Layers = z
  .record(z.string().regex(/^[a-z][a-zA-Z]{0,31}$/), z.boolean())
  .refine((layers) => Object.keys(layers).length <= 32, 'at most 32 layers');

/** The chosen part of the map. `anchor`: the thing that a circle was drawn around; around a person it goes with him, on each map by itself. */
export const SharedSelection = z.strictObject({ area: MapArea, anchor: ChosenOnMap.nullable() });
export type SharedSelection = z.infer<typeof SharedSelection>;

/** What a console says that the maps of its desk are to show. No fact: it moves too often, and concerns nobody else. */
export const MapLook = z.strictObject({
  camera: MapCamera,
  /** Layers by name; one that is not named is as it was. */
  layers: Layers,
  chosen: ChosenOnMap.nullable(),
  /** Absent = no part of the map is chosen. What lies in it, each map works out itself. */
  selection: SharedSelection.nullable().optional(),
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

/** How a tile that is pinned looks, whatever the console does. `layers`: null = not told, they follow. */
export type PinnedLook = { readonly camera: MapCamera; readonly layers: Readonly<Record<string, boolean>> | null };

/** A look as the content of a tile: flat, so that it lies in the scene. */
export function pinnedContent({ camera, layers }: Pick<MapLook, 'camera' | 'layers'>): Record<string, number | string> {
  const { center, ...view } = camera;
  const shown = Object.keys(layers).filter((name) => layers[name] === true);
  const hidden = Object.keys(layers).filter((name) => layers[name] === false);
  return { lng: center[0], lat: center[1], ...view, shown: shown.join(' '), hidden: hidden.join(' ') };
}

/** What a map tile is pinned to; null = it follows the console's map. Content of others beside it is let be. */
export function pinnedLook(content: Readonly<Record<string, unknown>>): PinnedLook | null {
  const { lng, lat, zoom, pitch, bearing, widthPx, heightPx, shown, hidden } = content;
  const camera = MapCamera.safeParse({ center: [lng, lat], zoom, pitch, bearing, widthPx, heightPx });
  if (!camera.success) return null;
  const states = [...namesIn(shown).map((name) => [name, true]), ...namesIn(hidden).map((name) => [name, false])];
  const layers = Layers.safeParse(Object.fromEntries(states));
  return { camera: camera.data, layers: typeof shown === 'string' && layers.success ? layers.data : null };
}

function namesIn(names: unknown): string[] {
  return typeof names === 'string' ? names.split(' ').filter((name) => name !== '') : [];
}

/** The content of a map tile without what it is pinned to: it follows again. */
export function unpinnedContent<Value>(content: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(content).filter(([name]) => !pinned.has(name)));
}

const pinned: ReadonlySet<string> = new Set(['lng', 'lat', 'zoom', 'pitch', 'bearing', 'widthPx', 'heightPx', 'shown', 'hidden']);
