import { Camera } from '#contract/cameras/index.ts';
import { Center, Region, Responder } from '#contract/directory/index.ts';
import { CountyId } from '#contract/values/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import type { CountyProfile } from '#platform/ports.ts';

const countyId = CountyId.parse('testland');
const spelling = { pinyin: '', initials: '' };
const location = [108.7, 33.3];

/** A county that fits on a page: two towns of one village each, two cameras per village (the first of each streams). */
export const smallCounty: {
  readonly county: CountyProfile;
  readonly rows: readonly TypedRow[];
} = {
  county: { countyId, name: '试验县', nameEn: 'Testland', timeZone: 'Asia/Shanghai' },
  rows: [
    region({ id: 'testland', level: 'county', parentId: null }),
    ...['east', 'west'].flatMap((town) => [
      region({ id: town, level: 'town', parentId: 'testland' }),
      region({ id: `${town}-1`, level: 'village', parentId: town }),
      camera({ id: `${town}-a`, regionId: `${town}-1`, streams: ['main', 'sub'] }),
      camera({ id: `${town}-b`, regionId: `${town}-1`, streams: [] }),
      center(town),
      responder(town),
    ]),
  ],
};

/** A third town of one village, for what happens between two towns that a third must not see. */
export const northTown: readonly TypedRow[] = [
  region({ id: 'north', level: 'town', parentId: 'testland' }),
  region({ id: 'north-1', level: 'village', parentId: 'north' }),
];

function region({ id, level, parentId }: { id: string; level: Region['level']; parentId: string | null }): TypedRow {
  const row = { countyId, id, level, parentId, scheme: 'test', code: id, name: id, nameEn: id, spelling, center: location };
  return { kind: 'regions', row: Region.parse(row) };
}

function camera({ id, regionId, streams }: { id: string; regionId: string; streams: string[] }): TypedRow {
  const names = { number: id, gbId: null, name: id, nameEn: id, spelling };
  const place = { regionId, location, azimuthDeg: null, fieldOfViewDeg: null, rangeM: null };
  const rest = { cameraClass: 'ordinary', streams, maintainer: '', maintainerPhone: '' };
  return { kind: 'cameras', row: Camera.parse({ countyId, id, ...names, ...place, ...rest }) };
}

function center(town: string): TypedRow {
  const names = { name: `${town} center`, nameEn: `${town} center`, spelling };
  return {
    kind: 'centers',
    row: Center.parse({ countyId, id: `c-${town}`, regionId: town, level: 'town', ...names, location, dutyPhone: '' }),
  };
}

function responder(town: string): TypedRow {
  const index = town === 'east' ? 0 : 1;
  const row = { countyId, id: `r-${town}`, index, kind: 'gridWorker', name: `r-${town}`, regionId: `${town}-1` };
  return { kind: 'responders', row: Responder.parse(row) };
}
