import { createHash } from 'node:crypto';
import { packDigest, packFiles, PackManifest } from '#contract/map/index.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';
import { type DemoScale, demoSeed, generateDemoCounty } from '#platform/directory/index.ts';
import { bordersOf } from './borders.ts';
import { buildingsOf } from './buildings.ts';
import { builtUpRings, fieldRings, reservoirRing } from './cover.ts';
import { type Demo, shapeHeights } from './heightField.ts';
import { type Land, layersOf } from './landFeatures.ts';
import { gazetteerOf, labelsOf } from './names.ts';
import { indexPoints, pointsAlong } from './nearPoints.ts';
import { distanceKm, type Km, type Plane, planeAround } from './plane.ts';
import { roadNetFile } from './roadNet.ts';
import { type Settlement, streetsOf } from './streets.ts';
import { heightGridFile, terrainArchive } from './terrainTiles.ts';
import { vectorArchive } from './vectorTiles.ts';

/** A whole pack in memory: its manifest and the bytes of each file. */
export type DrawnPack = { readonly manifest: PackManifest; readonly files: ReadonlyMap<string, Uint8Array> };

const marginKm = 9;
const zooms = { base: [7, 14], terrain: { county: [7, 12], prefecture: [6, 11] } } as const;
const attribution = { zh: '虚构的县，由本软件生成', en: 'An invented county, made by this software' } as const;

/** Draws the pack of a demo county; the same scale gives the same bytes. `say` hears of each part. */
export function drawPack({
  scale,
  terrainZooms = zooms.terrain[scale],
  say = () => {},
}: {
  scale: DemoScale;
  terrainZooms?: readonly [number, number];
  say?: (part: string) => void;
}): DrawnPack {
  const demo = generateDemoCounty({ scale });
  const plane = planeAround(
    demo.polygons.flatMap(({ rings }) => rings.flat()),
    { marginKm },
  );
  say('heights');
  const field = shapeHeights(demo, plane);
  say('roads and houses');
  const { land, roads } = drawLand({ demo, plane, field });
  say('vector tiles');
  const base = vectorArchive({ layers: layersOf(land), bounds: plane.bounds, zooms: zooms.base, attribution: attribution.zh });
  say('terrain tiles');
  const files = new Map<string, Uint8Array>([
    [packFiles.base, base],
    [packFiles.terrain, terrainArchive({ field, plane, zooms: terrainZooms })],
    [packFiles.heights, heightGridFile({ field, plane })],
    [packFiles.roads, roadNetFile(roads)],
    [packFiles.gazetteer, Buffer.from(JSON.stringify(gazetteerOf({ demo, labels: land.labels })))],
  ]);
  return { manifest: manifestOf({ demo, plane, files, terrainZooms }), files };
}

function drawLand({ demo, plane, field }: { demo: Demo; plane: Plane; field: ReturnType<typeof shapeHeights> }) {
  const random = (label: string) => seededRandomness({ seed: demoSeed, label });
  const toKm = (line: Demo['rivers'][number]['line']) => line.map((place) => plane.toKm(place));
  const rivers = demo.rivers.map(({ line }) => toKm(line));
  const through = demo.roads.flatMap(({ lines }) => lines.map(toKm));
  const settlements = settlementsOf({ demo, plane, roads: through });
  const [streetRandom, houseRandom] = [random('streets'), random('houses')];
  const isOnWater = indexPoints(pointsAlong(rivers));
  const streets = settlements.map((settlement) => streetsOf(streetRandom, settlement));
  const buildings = settlements.flatMap((settlement, index) =>
    buildingsOf(houseRandom, {
      settlement,
      streets: (streets[index] ?? []).map(({ line }) => line),
      roads: nearRoads(through, settlement),
      isOnWater,
    }),
  );
  const reservoirs = reservoirsOf({ demo, plane, rivers });
  const roads: Land['roads'] = [
    ...demo.roads.flatMap(({ kind, name, nameEn, lines }) => lines.map((line) => ({ class: kind, name, nameEn, line }))),
    ...streets.flat().map(({ line, name }) => ({
      class: 'street' as const,
      name: name?.[0] ?? '',
      nameEn: name?.[1] ?? '',
      line: line.map((point) => plane.toLngLat(point)),
    })),
  ];
  const land: Land = {
    ...{ demo, plane, roads, buildings },
    fields: fieldRings(random('fields'), { rivers, settlements }),
    builtUp: builtUpRings(random('built-up'), settlements),
    reservoirs: reservoirs.map(({ ring }) => ring),
    borders: bordersOf(demo),
    labels: labelsOf({ demo, plane, field, reservoirs }),
  };
  return { land, roads };
}

/** Each village is a settlement; the first of a town is its seat. Streets follow the road that leads through. */
function settlementsOf({ demo, plane, roads }: { demo: Demo; plane: Plane; roads: readonly (readonly Km[])[] }): Settlement[] {
  const townSeats = new Set<string>();
  return demo.regions
    .filter(({ level }) => level === 'village')
    .map(({ center, parentId }) => {
      const at = plane.toKm(center);
      const isSeat = parentId !== null && !townSeats.has(parentId);
      const size = !isSeat ? 'village' : townSeats.size === 0 ? 'seat' : 'town';
      if (parentId !== null) townSeats.add(parentId);
      return { at, size, turn: turnOf({ at, roads }) };
    });
}

function turnOf({ at, roads }: { at: Km; roads: readonly (readonly Km[])[] }): number {
  for (const line of roads) {
    const index = line.findIndex((point) => distanceKm(point, at) < 0.02);
    const [from, to] = [line[Math.max(0, index - 1)], line[index + 1] ?? line[index]];
    if (index !== -1 && from !== undefined && to !== undefined) return Math.atan2(to[1] - from[1], to[0] - from[0]) - Math.PI / 2;
  }
  return 0;
}

function nearRoads(roads: readonly (readonly Km[])[], { at }: Settlement): (readonly Km[])[] {
  return roads.filter((line) => line.some((point) => distanceKm(point, at) < 1.3));
}

/** Where a camera watches a dam, there is a reservoir behind it. */
function reservoirsOf({ demo, plane, rivers }: { demo: Demo; plane: Plane; rivers: readonly (readonly Km[])[] }) {
  return demo.cameras
    .filter(({ name, location }) => name.endsWith('水库大坝') && location !== null)
    .flatMap(({ name, nameEn, location }) => {
      const ring = reservoirRing({ dam: plane.toKm(location ?? [0, 0]), rivers });
      const middle = ring?.[Math.floor(ring.length / 4)];
      return ring === null || middle === undefined
        ? []
        : [{ ring, at: plane.toLngLat(middle), name: name.replace('大坝', ''), nameEn: nameEn.replace(' Dam', '') }];
    });
}

type Manifested = { demo: Demo; plane: Plane; files: ReadonlyMap<string, Uint8Array>; terrainZooms: readonly [number, number] };

function manifestOf({ demo, plane, files, terrainZooms }: Manifested): PackManifest {
  const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
  const body = {
    format: 'commandwall-county-pack' as const,
    version: 1 as const,
    countyId: demo.county.id,
    name: demo.county.name,
    nameEn: demo.county.nameEn,
    bounds: plane.bounds,
    attribution,
    zooms: { base: [...zooms.base] as [number, number], terrain: [...terrainZooms] as [number, number] },
    files: [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) })),
  };
  return PackManifest.parse({ ...body, contentHash: sha256(packDigest(body)) });
}
