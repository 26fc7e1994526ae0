import type { CameraClass } from '#contract/cameras/index.ts';
import { stationsAlong } from './courses.ts';
import type { Land } from './land.ts';
import { bearingDeg, type Point } from './plane.ts';

/** Where a camera can stand, in words and on the plane. */
export type Spot = {
  readonly at: Point;
  readonly azimuthDeg: number | null;
  readonly name: string;
  readonly nameEn: string;
  readonly setting: SpotSetting;
  readonly cameraClass: CameraClass;
};

/** What surrounds a spot: decides what a camera there can see. */
export type SpotSetting = 'road' | 'water' | 'settled' | 'wild';

const roadStepKm = 0.1;
const riverStepKm = 0.4;

/** Spots along roads and rivers by the cell they lie in. */
export function lineSpots(land: Land): Map<number, Spot[]> {
  const byCell = new Map<number, Spot[]>();
  const add = (spot: Omit<Spot, 'cameraClass'> & { cell: number }) => {
    const { cell, ...rest } = spot;
    byCell.set(cell, [...(byCell.get(cell) ?? []), { ...rest, cameraClass: 'ordinary' }]);
  };
  for (const road of land.roads) {
    let startKm = 0;
    for (const line of road.lines) {
      const stations = stationsAlong(line, roadStepKm);
      for (const { at, ahead, fromStartKm } of stations) {
        const cell = land.cellAt(at);
        if (cell === null) continue;
        const mark = kilometreMark(startKm + fromStartKm);
        const [name, nameEn] = [`${road.name} ${mark}`, `${road.nameEn} ${mark}`];
        add({ cell, at, azimuthDeg: bearingDeg(at, ahead), name, nameEn, setting: 'road' });
      }
      startKm += (stations.length + 1) * roadStepKm;
    }
  }
  for (const river of land.rivers) {
    stationsAlong(river.line, riverStepKm).forEach(({ at, ahead }, index) => {
      const cell = land.cellAt(at);
      if (cell === null) return;
      const number = index + 1;
      const [name, nameEn] = [`${river.name} ${number} 号断面`, `${river.nameEn} Section ${number}`];
      add({ cell, at, azimuthDeg: bearingDeg(at, ahead), name, nameEn, setting: 'water' });
    });
  }
  return byCell;
}

type Template = readonly [suffix: string, suffixEn: string, cameraClass: CameraClass];

// Every fourth village has a watched school gate, clinic or row of houses each: about 3 % of a county's cameras are sensitive.
const sensitive: readonly Template[] = [
  ['小学门口', 'Primary School Gate', 'school'],
  ['卫生室门口', 'Clinic Entrance', 'clinic'],
  ['安居点门口', 'Housing Row Entrance', 'homeFront'],
];
const ordinary: readonly Template[] = [
  ['综治中心门口', 'Center Entrance', 'ordinary'],
  ['文化广场', 'Culture Square', 'ordinary'],
  ['桥头', 'Bridgehead', 'ordinary'],
  ['候车亭', 'Bus Stop', 'ordinary'],
  ['停车场', 'Car Park', 'ordinary'],
  ['便民超市', 'Corner Shop', 'ordinary'],
  ['晒谷场', 'Threshing Ground', 'ordinary'],
  ['水塔', 'Water Tower', 'ordinary'],
];

/** Names for the middle of a village, the sensitive one (if it has one) first. */
export function middleTemplates(village: number): readonly Template[] {
  const first = sensitive[village % 4];
  const rotated = ordinary.map((_, index) => ordinary[(index + village) % ordinary.length] as Template);
  return first === undefined ? rotated : [first, ...rotated];
}

function kilometreMark(km: number): string {
  const hectometres = Math.round(km * 10);
  return `K${Math.floor(hectometres / 10)}+${hectometres % 10 === 0 ? '000' : (hectometres % 10) * 100}`;
}
