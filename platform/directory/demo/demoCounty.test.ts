import { describe, expect, it } from 'vitest';
import { Camera } from '#contract/cameras/index.ts';
import { Center, Region, RegionPolygon, Responder, Unit } from '#contract/directory/index.ts';
import { demoSceneKinds } from '#platform/demo/streamingCameras.ts';
import { demoCountyHash, generateDemoCounty } from './index.ts';

const county = generateDemoCounty();
const regionById = new Map(county.regions.map((region) => [region.id, region]));

function countBy<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Record<string, number> {
  return Object.fromEntries(Object.entries(Object.groupBy(rows, keyOf)).map(([key, group]) => [key, group?.length ?? 0]));
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

function townOf(regionId: string): string {
  const region = regionById.get(regionId as Region['id']);
  if (region === undefined || region.parentId === null) throw new Error(`${regionId} lies in no town`);
  return region.level === 'town' ? region.id : townOf(region.parentId);
}

describe('the demo county', () => {
  it('has the size of a mountain county', () => {
    expect({
      regions: countBy(county.regions, (region) => region.level),
      polygons: county.polygons.length,
      cameras: county.cameras.length,
      centers: countBy(county.centers, (center) => center.level),
      units: county.units.length,
      responders: county.responders.length,
    }).toEqual({
      regions: { county: 1, town: 11, village: 80, grid: 388 },
      polygons: 480,
      cameras: 2000,
      centers: { county: 1, town: 11, village: 80 },
      units: 32,
      responders: 388,
    });
  });

  it('is the same in every byte for the same seed and another county for another seed', () => {
    expect(demoCountyHash(generateDemoCounty())).toBe(demoCountyHash(county));
    expect(demoCountyHash(generateDemoCounty({ seed: 7 }))).not.toBe(demoCountyHash(county));
  });

  it('passes the schemas of the contract', () => {
    expect(Region.array().parse(county.regions)).toEqual(county.regions);
    expect(RegionPolygon.array().parse(county.polygons)).toEqual(county.polygons);
    expect(Camera.array().parse(county.cameras)).toEqual(county.cameras);
    expect(Center.array().parse(county.centers)).toEqual(county.centers);
    expect(Unit.array().parse(county.units)).toEqual(county.units);
    expect(Responder.array().parse(county.responders)).toEqual(county.responders);
  });

  it('repeats no id, no code, no camera number and no name within its parent', () => {
    expect({
      ids: repeated(county.regions.map(({ id }) => id)),
      codes: repeated(county.regions.map(({ code }) => code)),
      names: repeated(county.regions.map(({ parentId, name }) => `${parentId}/${name}`)),
      englishNames: repeated(county.regions.map(({ parentId, nameEn }) => `${parentId}/${nameEn}`)),
      villages: repeated(county.regions.filter(({ level }) => level === 'village').map(({ name }) => name)),
      cameraIds: repeated(county.cameras.map(({ id }) => id)),
      numbers: repeated(county.cameras.map(({ number }) => number)),
      nationalIds: repeated(county.cameras.map(({ gbId }) => gbId ?? '')),
      cameraNames: repeated(county.cameras.map(({ name }) => name)),
      centers: repeated(county.centers.map(({ id }) => id)),
      units: repeated(county.units.map(({ name }) => name)),
      responders: repeated(county.responders.map(({ name }) => name)),
      roads: repeated(county.roads.map(({ name }) => name)),
    }).toEqual({
      ids: [],
      codes: [],
      names: [],
      englishNames: [],
      villages: [],
      cameraIds: [],
      numbers: [],
      nationalIds: [],
      cameraNames: [],
      centers: [],
      units: [],
      responders: [],
      roads: [],
    });
  });

  it('codes each village under its town and each grid under its village', () => {
    const misplaced = county.regions.filter((region) => {
      const parent = region.parentId === null ? undefined : regionById.get(region.parentId);
      const kept = { county: 0, town: 6, village: 9, grid: 12 }[region.level];
      return parent !== undefined && !region.code.startsWith(parent.code.slice(0, kept));
    });
    expect(misplaced).toEqual([]);
    expect(new Set(county.regions.map(({ scheme, code }) => `${scheme} ${code.length}`))).toEqual(
      new Set(['division-12 12', 'village+3 15']),
    );
  });

  it('gives each grid one worker and numbers responders densely', () => {
    const grids = county.regions.filter(({ level }) => level === 'grid').map(({ id }) => id);
    expect(county.responders.map(({ index }) => index)).toEqual(grids.map((_, index) => index));
    expect(county.responders.map(({ regionId }) => regionId)).toEqual(grids);
  });

  it('is found in Chinese, in pinyin, by initials and in English', () => {
    const yanhe = county.regions.find(({ name }) => name === '沿河村');
    expect({ nameEn: yanhe?.nameEn, spelling: yanhe?.spelling }).toEqual({
      nameEn: 'Yanhe Village',
      spelling: { pinyin: 'yanhecun', initials: 'yhc' },
    });
    const mark = county.cameras.find(({ name }) => name === '沿河路 K3+200');
    expect({ nameEn: mark?.nameEn, spelling: mark?.spelling }).toEqual({
      nameEn: 'Yanhe Road K3+200',
      spelling: { pinyin: 'yanheluk3+200', initials: 'yhlk3+200' },
    });
    const rows = [...county.regions, ...county.cameras, ...county.centers];
    expect(rows.filter(({ nameEn, spelling }) => /[^ -~]/.test(`${nameEn}${spelling.pinyin}${spelling.initials}`))).toEqual([]);
  });

  it('streams 64 cameras in two qualities, in every town and of every kind of scene', () => {
    const streaming = county.cameras.filter(({ streams }) => streams.length > 0);
    expect(streaming.map(({ streams }) => streams)).toEqual(Array.from({ length: 64 }, () => ['main', 'sub']));
    expect(new Set(streaming.map(({ regionId }) => townOf(regionId))).size).toBe(11);
    expect(county.sources.map(({ cameraId, quality }) => `${cameraId} ${quality}`)).toEqual(
      streaming.flatMap(({ id }) => [`${id} main`, `${id} sub`]),
    );
    expect(new Set(county.sources.map(({ scene }) => scene))).toEqual(new Set(demoSceneKinds));
  });

  it('watches about 3 % sensitive views, school gates among those that stream', () => {
    const byClass = countBy(county.cameras, ({ cameraClass }) => cameraClass);
    const sensitiveShare = 1 - (byClass['ordinary'] ?? 0) / county.cameras.length;
    expect(Object.keys(byClass).toSorted()).toEqual(['clinic', 'homeFront', 'ordinary', 'school']);
    expect(sensitiveShare).toBeGreaterThan(0.025);
    expect(sensitiveShare).toBeLessThan(0.035);
    const masked = county.cameras.filter(({ cameraClass, streams }) => cameraClass === 'school' && streams.length > 0);
    expect(masked.map(({ name }) => name)).toContain('第二小学门口');
    expect(new Set(county.cameras.filter(({ masks }) => masks !== undefined))).toEqual(new Set(masked));
  });

  it('names only phones that nobody can have', () => {
    const phones = [
      ...county.cameras.map(({ maintainerPhone }) => maintainerPhone),
      ...[...county.centers, ...county.units].map(({ dutyPhone }) => dutyPhone),
    ];
    expect(phones.filter((phone) => !/^000-\d{4}-\d{4}$/.test(phone))).toEqual([]);
  });
});
