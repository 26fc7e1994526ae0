import { describe, expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { CameraId, CountyId, RegionId } from '#contract/values/index.ts';
import { buildSearchIndex, searchCameras } from './search.ts';
import { buildTree } from './tree.ts';

const countyId = 'x' as CountyId;
const region = (fields: { id: string; parentId: string | null; name: string; pinyin: string; initials: string }): Region => ({
  countyId,
  id: fields.id as RegionId,
  level: fields.parentId === null ? 'town' : 'village',
  parentId: fields.parentId as RegionId | null,
  scheme: 'test',
  code: fields.id,
  name: fields.name,
  nameEn: fields.pinyin,
  spelling: { pinyin: fields.pinyin, initials: fields.initials },
  center: [108, 30],
});
const camera = (fields: { number: string; name: string; nameEn: string; pinyin: string; initials: string; regionId: string }): Camera => ({
  countyId,
  id: `c-${fields.number}` as CameraId,
  number: fields.number,
  gbId: `3402000000132000${fields.number}`,
  name: fields.name,
  nameEn: fields.nameEn,
  spelling: { pinyin: fields.pinyin, initials: fields.initials },
  regionId: fields.regionId as RegionId,
  location: null,
  azimuthDeg: null,
  fieldOfViewDeg: null,
  rangeM: null,
  cameraClass: 'ordinary',
  streams: ['sub'],
  maintainer: '',
  maintainerPhone: '',
});

const regions = [
  region({ id: 't1', parentId: null, name: '松河镇', pinyin: 'songhezhen', initials: 'shz' }),
  region({ id: 'v1', parentId: 't1', name: '石桥村', pinyin: 'shiqiaocun', initials: 'sqc' }),
  region({ id: 't2', parentId: null, name: '云岭镇', pinyin: 'yunlingzhen', initials: 'ylz' }),
];
const cameras = [
  camera({ number: '0007', name: '大桥北头', nameEn: 'Bridge North', pinyin: 'daqiaobeitou', initials: 'dqbt', regionId: 'v1' }),
  camera({ number: '0070', name: '东门广场', nameEn: 'East Gate Square', pinyin: 'dongmenguangchang', initials: 'dmgc', regionId: 't2' }),
  camera({ number: '1007', name: '水文站', nameEn: 'Gauge', pinyin: 'shuiwenzhan', initials: 'swz', regionId: 't2' }),
];
const index = buildSearchIndex({
  cameras: new Map(cameras.map((entry) => [entry.id, entry])),
  regions: new Map(regions.map((entry) => [entry.id, entry])),
  tree: buildTree({ regions, cameras }),
});
const numbersFor = (query: string) => searchCameras(index, { query, limit: 10 }).map(({ number }) => number);

describe('searching cameras', () => {
  test('finds a number first, with or without its zeros, before longer numbers that contain it', () => {
    expect(numbersFor('7')[0]).toBe('0007');
    expect(numbersFor('0070')).toEqual(['0070']);
    expect(numbersFor('00')).toContain('0007');
  });

  test('finds names in Chinese (one glyph is enough) and English, whatever the case', () => {
    expect(numbersFor('桥')).toEqual(['0007']);
    expect(numbersFor('east gate')).toEqual(['0070']);
    expect(numbersFor('GAUGE')).toEqual(['1007']);
  });

  test('finds by pinyin and by initials', () => {
    expect(numbersFor('daqiao')).toEqual(['0007']);
    expect(numbersFor('dmgc')).toEqual(['0070']);
  });

  test('finds by a part of the national id and by the regions it lies in', () => {
    expect(numbersFor('13200010')).toEqual(['1007']);
    expect(numbersFor('云岭')).toEqual(['0070', '1007']);
    expect(numbersFor('songhe qiao')).toEqual(['0007']);
  });

  test('finds nothing for nothing, and nothing when one word fits nowhere', () => {
    expect(numbersFor('  ')).toEqual([]);
    expect(numbersFor('songhe gauge')).toEqual([]);
  });
});
