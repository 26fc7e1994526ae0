import { beforeAll, describe, expect, test } from 'vitest';
import type { Source } from 'pmtiles';
import { groundDistanceM, packFiles } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { generateDemoCounty } from '#platform/directory/index.ts';
import { createLand, type PackBytes } from '#renderer/map/land/createLand.ts';
import { drawPack, type DrawnPack } from '#tools/countyPack/drawPack.ts';

const demo = generateDemoCounty();
let pack: DrawnPack;
beforeAll(() => {
  pack = drawPack({ scale: 'county', terrainZooms: [7, 7] });
});

function bytesOf(file: string): Uint8Array {
  const bytes = pack.files.get(file);
  if (bytes === undefined) throw new Error(`no ${file}`);
  return bytes;
}
const ranges = (file: string): Source => ({
  getKey: () => file,
  getBytes: async (offset, length) => ({ data: Uint8Array.from(bytesOf(file).subarray(offset, offset + length)).buffer }),
});
const packBytes: PackBytes = { whole: async (file) => bytesOf(file), ranges };

function centersOf(level: 'town' | 'village'): LngLat[] {
  return demo.regions.filter((region) => region.level === level).map(({ center }) => center);
}

describe('the land of the demo county', () => {
  test('every village is reached from its county town by road or on foot, no faster than a straight line allows', async () => {
    const [goal] = centersOf('town');
    if (goal === undefined) throw new Error('no town');
    const villages = centersOf('village');
    const ways = await createLand(packBytes).waysTo({ to: goal, from: villages });
    if (!ways.ok) throw new Error(ways.refusal.code);
    expect(ways.value).toHaveLength(villages.length);
    ways.value.forEach((way, index) => {
      const straightKm = groundDistanceM(villages[index] ?? goal, goal) / 1_000;
      expect(way.kind).not.toBe('none');
      if (way.kind !== 'none') expect(way.minutes).toBeGreaterThanOrEqual((straightKm / 120) * 60);
      if (way.kind === 'road') {
        const wholeM = Object.values(way.metres).reduce((sum, metres) => sum + metres, way.walkM);
        expect(wholeM).toBeGreaterThanOrEqual(straightKm * 990);
        expect(wholeM).toBeLessThan(straightKm * 8_000 + 3_000);
      }
    });
    expect(ways.value.filter(({ kind }) => kind === 'road').length).toBeGreaterThan(villages.length / 2);
  });

  test('houses and hills hide places from cameras that would see them on an open plain', async () => {
    const cameras = demo.cameras.filter(({ location, azimuthDeg }) => location !== null && azimuthDeg !== null);
    const ahead = (camera: (typeof cameras)[number]): LngLat => {
      const [lng, lat] = camera.location ?? [0, 0];
      const [turn, farDeg] = [((camera.azimuthDeg ?? 0) * Math.PI) / 180, ((camera.rangeM ?? 100) * 0.6) / 111_320];
      return [lng + (Math.sin(turn) * farDeg) / Math.cos((lat * Math.PI) / 180), lat + Math.cos(turn) * farDeg];
    };
    const land = createLand(packBytes);
    const open = createLand({
      ...packBytes,
      ranges: () => ({ getKey: () => 'none', getBytes: async () => Promise.reject(new Error('no tiles')) }),
    });
    const ask = async (asked: typeof land, camera: (typeof cameras)[number]) => {
      const [ranked] = await asked.camerasFor({ at: ahead(camera), cameras: [camera], offline: new Set(), votes: new Map() });
      return ranked;
    };
    const looked = await Promise.all(
      cameras.slice(0, 300).map(async (camera) => ({ real: await ask(land, camera), plain: await ask(open, camera) })),
    );
    const hidden = looked.filter(({ real }) => real?.remarks.some(({ kind }) => kind === 'hiddenByBuilding'));
    const seen = looked.filter(({ real }) => (real?.score ?? 0) > 0);
    expect(hidden.length).toBeGreaterThan(0);
    expect(seen.length).toBeGreaterThan(100);
    for (const { plain } of hidden) expect(plain?.remarks.map(({ kind }) => kind)).toContain('housesUnknown');
  });

  test('a pack whose roads are broken says so, and one whose heights are away still ranks, with a remark', async () => {
    const broken = createLand({ ...packBytes, whole: async (file) => bytesOf(file).subarray(0, file === packFiles.roads ? 100 : 20) });
    expect(await broken.waysTo({ to: [108, 33], from: [[108, 33]] })).toMatchObject({
      ok: false,
      refusal: { code: 'map.roadGraphTruncated' },
    });
    const [camera] = demo.cameras.filter(({ location }) => location !== null);
    if (camera?.location == null) throw new Error('no camera');
    const [ranked] = await broken.camerasFor({ at: camera.location, cameras: [camera], offline: new Set(), votes: new Map() });
    expect(ranked?.remarks.map(({ kind }) => kind)).toContain('landUnknown');
  });

  test('a file that could not be fetched is fetched again', async () => {
    let isAway = true;
    const land = createLand({ ranges, whole: async (file) => (isAway ? Promise.reject(new Error('away')) : bytesOf(file)) });
    const [to = [0, 0] as LngLat, from = [0, 0] as LngLat] = centersOf('town');
    await expect(land.waysTo({ to, from: [from] })).rejects.toThrow('away');
    isAway = false;
    expect((await land.waysTo({ to, from: [from] })).ok).toBe(true);
  });
});
