import { WebMercatorViewport } from '@deck.gl/core';
import type { Map as LibreMap } from 'maplibre-gl';
import type { CameraId, CenterId, IncidentId, RegionId } from '#contract/values/index.ts';
import type { AreaLevels } from './areaLevels.ts';
import type { CameraMarks } from './cameraMarks.ts';
import { pickArea } from './pickArea.ts';
import type { PointMarks } from './pointMarks.ts';
import type { Responders } from './responders.ts';

/** One thing of the map. `index`: a responder's number in the directory. */
export type MapThing =
  | { readonly kind: 'region'; readonly regionId: RegionId }
  | { readonly kind: 'camera'; readonly cameraId: CameraId }
  | { readonly kind: 'incident'; readonly incidentId: IncidentId }
  | { readonly kind: 'center'; readonly centerId: CenterId }
  | { readonly kind: 'responder'; readonly index: number }
  | { readonly kind: 'group'; readonly place: readonly [number, number] };

/** A point of the map's element, CSS pixels. */
export type Point = { readonly x: number; readonly y: number };

type Drawn = {
  readonly map: LibreMap;
  readonly element: HTMLElement;
  readonly levels: AreaLevels;
  readonly cameras: CameraMarks;
  readonly responders: Responders;
  readonly incidents: PointMarks;
  readonly centers: PointMarks;
};

/** What one sees at a point: incidents before people before cameras before centers before areas; null where there is none of them. Reckoned, without reading a pixel. */
export function thingAt(drawn: Drawn, { x, y }: Point): MapThing | null {
  const { map, element, levels, cameras, responders, incidents, centers } = drawn;
  const project = ([lng, lat]: readonly [number, number]) => map.project([lng, lat]);
  const incident = incidents.near({ project, x, y });
  if (incident !== null) return { kind: 'incident', incidentId: incident as IncidentId };
  const index = responders.near({ project, x, y });
  if (index >= 0) return { kind: 'responder', index };
  const camera = cameras.near({ project, x, y });
  if (camera !== null) return camera.kind === 'group' ? camera : { kind: 'camera', cameraId: camera.cameraId };
  const center = centers.near({ project, x, y });
  if (center !== null) return { kind: 'center', centerId: center as CenterId };
  const areas = levels.areas();
  if (areas === null) return null;
  const viewport = viewportOf(map, element);
  const area = pickArea({ areas, heightScale: levels.heightScale(), placeAt: (height) => groundAt({ viewport, x, y, height }) });
  const found = areas.drawn[area];
  return found === undefined ? null : { kind: 'region', regionId: found.regionId };
}

/** A camera under the pointer, and where its own sign is drawn. */
export type HoveredCamera = Point & { readonly cameraId: CameraId };

/** The camera that stands for itself at a point. */
export function cameraAt({ map, cameras }: Pick<Drawn, 'map' | 'cameras'>, { x, y }: Point): HoveredCamera | null {
  const project = ([lng, lat]: readonly [number, number]) => map.project([lng, lat]);
  const camera = cameras.near({ project, x, y });
  return camera?.kind === 'camera' ? { cameraId: camera.cameraId, ...project(camera.place) } : null;
}

function viewportOf(map: LibreMap, { clientWidth: width, clientHeight: height }: HTMLElement): WebMercatorViewport {
  const { lng, lat } = map.getCenter();
  const state = { longitude: lng, latitude: lat, zoom: map.getZoom(), pitch: map.getPitch(), bearing: map.getBearing() };
  return new WebMercatorViewport({ width, height, ...state });
}

type Sight = Point & { readonly viewport: WebMercatorViewport; readonly height: number };

function groundAt({ viewport, x, y, height }: Sight): readonly [number, number] | null {
  const [lng, lat] = viewport.unproject([x, y], { targetZ: height });
  return lng === undefined || lat === undefined || !Number.isFinite(lng) || !Number.isFinite(lat) ? null : [lng, lat];
}
