import { Camera, type CameraClass, type MaskAreas } from '#contract/cameras/index.ts';
import type { CountyId, Randomness } from '#contract/values/index.ts';
import type { Land } from './land.ts';
import { densityAt } from './landscape.ts';
import { inventedPhone } from './people.ts';
import { type Point, toLngLat } from './plane.ts';
import { between, pick, seededRandomness, shuffled } from '#platform/demo/randomness.ts';
import { regionIds } from './regions.ts';
import { spellingOf } from './spelling.ts';
import { lineSpots, middleTemplates, type Spot, type SpotSetting } from './spots.ts';
import { placeStreamingCameras } from './streamingSpots.ts';
import { shareOut } from './territories.ts';

/** All cameras in the order of their numbers. Those that stream have fixed numbers; the others fill up the rest, village by village. */
export function camerasOf(land: Land, countyId: CountyId): Camera[] {
  const random = seededRandomness({ seed: land.seed, label: 'cameras' });
  const spotsByCell = lineSpots(land);
  const streaming = placeStreamingCameras({ land, spotsByCell });
  const names = new Set(streaming.map(({ spot }) => spot.name));
  const numbers = new Set(streaming.map(({ camera }) => camera.number));
  const cells = land.territories.villages.flatMap((village) => village.cells);
  const quotas = shareOut({
    total: land.sizes.cameras - streaming.length,
    weights: cells.map((cell) => cameraWeight(land, cell)),
    atLeast: 1,
  });
  let next = 0;
  const freshNumber = () => {
    do next += 1;
    while (numbers.has(padded(next)));
    return padded(next);
  };
  const silent = cells.flatMap((cell, index) =>
    spotsOfCell({ land, random, cell, lines: spotsByCell.get(cell) ?? [], quota: quotas[index] ?? 0, names }).map((spot) => ({
      cell,
      spot,
      number: freshNumber(),
      streams: [],
    })),
  );
  const playing = streaming.map(({ camera, cell, spot }) => ({ cell, spot, number: camera.number, streams: ['main', 'sub'] }));
  const rows = [...silent, ...playing].map((placed) => cameraRow({ ...placed, land, countyId, random }));
  return Camera.array().parse(rows.toSorted((one, other) => Number(one.number) - Number(other.number)));
}

// The middle of a village sees more than its edges, a town more than a forest.
function cameraWeight(land: Land, cell: number): number {
  const village = land.territories.villages[land.villageOfCell[cell] ?? 0];
  return densityAt(land.landscape, land.cells.sites[cell] ?? [0, 0]) + (village?.cells[0] === cell ? 5 : 0);
}

type CellWish = { land: Land; random: Randomness; cell: number; lines: readonly Spot[]; quota: number; names: Set<string> };

function spotsOfCell({ land, random, cell, lines, quota, names }: CellWish): Spot[] {
  const village = land.villageOfCell[cell] ?? 0;
  const isMiddle = land.territories.villages[village]?.cells[0] === cell;
  const stem = land.villages[village];
  const inWords = (suffix: string, suffixEn: string, rest: Omit<Spot, 'name' | 'nameEn' | 'at' | 'azimuthDeg'>): Spot => ({
    ...rest,
    name: `${stem?.stem ?? ''}${suffix}`,
    nameEn: `${stem?.stemEn ?? ''} ${suffixEn}`,
    at: land.pointIn(random, cell),
    azimuthDeg: Math.floor(between(random, [0, 360])),
  });
  const middle = isMiddle
    ? middleTemplates(village).map(([suffix, suffixEn, cameraClass]) => inWords(suffix, suffixEn, { setting: 'settled', cameraClass }))
    : [];
  const chosen: Spot[] = [];
  const take = (spot: Spot | undefined) => {
    if (spot === undefined || names.has(spot.name)) return;
    names.add(spot.name);
    chosen.push(spot);
  };
  for (const spot of middle.slice(0, Math.ceil(quota * 0.6))) take(spot);
  const onLines = shuffled(random, lines);
  while (chosen.length < quota && onLines.length > 0 && chosen.length < Math.max(2, quota * 0.8)) take(onLines.pop());
  const isWild = densityAt(land.landscape, land.cells.sites[cell] ?? [0, 0]) < 1.4;
  for (let number = 1; chosen.length < quota; number += 1) {
    if (isWild) take(inWords(`林区 ${number} 号点`, `Woods Point ${number}`, { setting: 'wild', cameraClass: 'ordinary' }));
    else if (stem?.name.endsWith('社区'))
      take(inWords(` ${number} 号巷口`, `Lane ${number}`, { setting: 'settled', cameraClass: 'ordinary' }));
    else take(inWords(` ${number} 组路口`, `Group ${number} Junction`, { setting: 'settled', cameraClass: 'ordinary' }));
  }
  return chosen;
}

// What cameras of each setting see: opening angle in degrees and useful range in metres.
const views: Readonly<Record<SpotSetting, { fieldOfViewDeg: readonly [number, number]; rangeM: readonly [number, number] }>> = {
  road: { fieldOfViewDeg: [45, 65], rangeM: [120, 260] },
  water: { fieldOfViewDeg: [55, 75], rangeM: [250, 600] },
  settled: { fieldOfViewDeg: [60, 95], rangeM: [60, 160] },
  wild: { fieldOfViewDeg: [40, 62], rangeM: [1500, 4000] },
};

type Placed = {
  land: Land;
  countyId: CountyId;
  random: Randomness;
  cell: number;
  spot: Spot;
  number: string;
  streams: readonly string[];
};

function cameraRow({ land, countyId, random, cell, spot, number, streams }: Placed) {
  const { fieldOfViewDeg, rangeM } = views[spot.setting];
  return {
    countyId,
    id: `cam-${number}`,
    number,
    gbId: `99010100${spot.setting === 'road' ? '00' : '01'}1320${number.padStart(6, '0')}`,
    name: spot.name,
    nameEn: spot.nameEn,
    spelling: spellingOf(spot.name),
    regionId: regionIds.grid(countyId, cell),
    location: toLngLat(spot.at satisfies Point),
    azimuthDeg: spot.azimuthDeg,
    fieldOfViewDeg: Math.round(between(random, fieldOfViewDeg)),
    rangeM: Math.round(between(random, rangeM) / 10) * 10,
    cameraClass: spot.cameraClass,
    ...(streams.length > 0 ? demoMasks(spot.cameraClass) : {}),
    streams,
    ...maintainerOf(land, cell),
  };
}

// The drawn school gate, seen from across the street: windows and yard, with everybody who stands there. Street and sky stay.
const gateMasks: MaskAreas = [
  [
    [0.23, 0.23],
    [0.77, 0.23],
    [0.77, 0.52],
    [0.23, 0.52],
  ],
  [
    [0, 0.52],
    [1, 0.52],
    [1, 0.8],
    [0, 0.8],
  ],
];

/** What of a streaming camera's picture is masked; only school gates stream among the sensitive ones. */
function demoMasks(cameraClass: CameraClass): { masks?: MaskAreas } {
  return cameraClass === 'school' ? { masks: gateMasks } : {};
}

const carriers = ['电信', '移动', '联通', '广电'];
const technicians = ['李工', '陈工', '周工', '罗工', '唐工', '邓工', '谭工', '江工', '孟工', '段工', '康工'];

// One crew per town, so that whoever calls about two dark cameras of a town talks to the same person.
function maintainerOf(land: Land, cell: number): { maintainer: string; maintainerPhone: string } {
  const town = land.territories.townOfCell[cell] ?? 0;
  const crew = seededRandomness({ seed: town, label: 'maintainer' });
  const technician = town === 0 ? '李工' : pick(crew, technicians);
  const carrier = town === 0 ? '电信' : pick(crew, carriers);
  return { maintainer: `${carrier} ${technician}`, maintainerPhone: inventedPhone(30_000 + town) };
}

function padded(number: number): string {
  return String(number).padStart(4, '0');
}
