import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createHash } from 'node:crypto';
import { PMTiles, type Source } from 'pmtiles';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { baseLayers, decodeHeightGrid, decodeRoadGraph, Gazetteer, heightAt, packFiles, readManifest } from '#contract/map/index.ts';
import { generateDemoCounty } from '#platform/directory/index.ts';
import { createRoadWays } from '#platform/responders/index.ts';
import { drawPack, type DrawnPack } from './drawPack.ts';

const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
const small = { scale: 'county', terrainZooms: [7, 9] } as const;
let pack: DrawnPack;
// Seconds of drawing, more on a busy machine.
const drawingMs = 120_000;
beforeAll(() => {
  pack = drawPack(small);
}, drawingMs);

/** A file of the pack for the reader that the windows use. */
function archive(name: string): PMTiles {
  const bytes = fileOf(name);
  const source: Source = {
    getKey: () => name,
    getBytes: async (offset, length) => ({ data: Uint8Array.from(bytes.subarray(offset, offset + length)).buffer }),
  };
  return new PMTiles(source);
}
function fileOf(name: string): Uint8Array {
  const bytes = pack.files.get(name);
  if (bytes === undefined) throw new Error(`no ${name}`);
  return bytes;
}
/** The tile around a place, unpacked by the reader. */
async function tileAt({ name, z, at: [lng, lat] }: { name: string; z: number; at: readonly [number, number] }): Promise<Buffer> {
  const y = ((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z;
  const tile = await archive(name).getZxy(z, Math.floor(((lng + 180) / 360) * 2 ** z), Math.floor(y));
  if (tile === undefined) throw new Error(`no tile of ${name} at zoom ${z}`);
  return Buffer.from(tile.data);
}

describe('the pack of the demo county', () => {
  test('is the same at every drawing, and its manifest is of its files', { timeout: drawingMs }, () => {
    expect(drawPack(small).manifest).toEqual(pack.manifest);
    expect(readManifest(pack.manifest, { countyId: pack.manifest.countyId, sha256 })).toEqual({ ok: true, value: pack.manifest });
    const listed = pack.manifest.files.map(({ name, bytes, sha256: hash }) => ({ name, bytes, hash }));
    expect(listed).toEqual([...pack.files].map(([name, bytes]) => ({ name, bytes: bytes.length, hash: sha256(bytes) })));
  });

  test('has vector tiles that the reader of the windows finds, with every layer and names in two languages', async () => {
    const [town] = generateDemoCounty().regions.filter(({ level }) => level === 'town');
    const at = town?.center ?? [0, 0];
    const header = await archive(packFiles.base).getHeader();
    expect([header.specVersion, header.clustered, header.minZoom, header.maxZoom]).toEqual([3, true, 7, 14]);
    const near = (await tileAt({ name: packFiles.base, z: 14, at })).toString('latin1');
    const far = (await tileAt({ name: packFiles.base, z: 10, at })).toString('latin1');
    const has = (tile: string) => Object.values(baseLayers).filter((layer) => tile.includes(layer));
    expect([...new Set([...has(near), ...has(far)])].toSorted()).toEqual(Object.values(baseLayers).toSorted());
    const words = Buffer.from(near + far, 'latin1').toString('utf8');
    expect([words.includes('城关镇'), words.includes('Chengguan'), far.includes('building')]).toEqual([true, true, false]);
  });

  test('has no tile where there is no land', async () => {
    expect(await archive(packFiles.base).getZxy(14, 0, 0)).toBeUndefined();
  });

  test('has hills as pictures that say what the grid of heights says', async () => {
    const grid = decodeHeightGrid(fileOf(packFiles.heights));
    if (!grid.ok) throw new Error(grid.refusal.code);
    const [west, south, east, north] = grid.value.bounds;
    const at = [(west + east) / 2, (south + north) / 2] as const;
    const z = 9;
    const png = PNG.sync.read(await tileAt({ name: packFiles.terrain, z, at }));
    const [x, y] = [((at[0] + 180) / 360) * 2 ** z, ((1 - Math.asinh(Math.tan((at[1] * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z];
    const pixel = 4 * (Math.floor((y % 1) * 256) * 256 + Math.floor((x % 1) * 256));
    const [red = 0, green = 0, blue = 0] = png.data.subarray(pixel, pixel + 3);
    const drawn = red * 256 + green + blue / 256 - 32_768;
    const [low, high] = grid.value.metres.reduce(([least, most], height) => [Math.min(least, height), Math.max(most, height)], [9_999, 0]);
    expect([low > 250, high > 1_200, high < 3_500]).toEqual([true, true, true]);
    // One pixel of this zoom is 250 m wide: a slope of 45 degrees between the two is the most there is.
    expect(Math.abs(drawn - (heightAt(grid.value, at) ?? 0))).toBeLessThan(250);
  });

  test('lets every river run downhill, below the mountains beside it', () => {
    const grid = decodeHeightGrid(fileOf(packFiles.heights));
    if (!grid.ok) throw new Error(grid.refusal.code);
    for (const { line } of generateDemoCounty().rivers) {
      const [from, to] = [line[3], line.at(-4)].map((place) => heightAt(grid.value, place ?? [0, 0]) ?? 0);
      expect(from).toBeGreaterThan(to ?? 0);
    }
  });

  test('has roads on which one comes from every village to every other, as long as the land between them', () => {
    const graph = decodeRoadGraph(fileOf(packFiles.roads));
    if (!graph.ok) throw new Error(graph.refusal.code);
    const { nodeLngLat, edgeFrom, edgeTo, edgeMetres } = graph.value;
    const reached = new Set<number>([edgeFrom[0] ?? 0]);
    for (let before = 0; before !== reached.size; ) {
      before = reached.size;
      edgeFrom.forEach((from, edge) => {
        const to = edgeTo[edge] ?? 0;
        if (reached.has(from) || reached.has(to)) reached.add(from).add(to);
      });
    }
    const nodeKeys = new Set([...reached].map((node) => `${nodeLngLat[2 * node]?.toFixed(6)},${nodeLngLat[2 * node + 1]?.toFixed(6)}`));
    const villages = generateDemoCounty().regions.filter(({ level }) => level === 'village');
    const apart = villages.filter(({ center: [lng, lat] }) => !nodeKeys.has(`${lng.toFixed(6)},${lat.toFixed(6)}`));
    expect([villages.length, apart.map(({ name }) => name)]).toEqual([80, []]);
    const straight = (edge: number) => {
      const [a, b] = [2 * (edgeFrom[edge] ?? 0), 2 * (edgeTo[edge] ?? 0)];
      const at = (index: number) => nodeLngLat[index] ?? 0;
      return Math.hypot((at(b) - at(a)) * Math.cos((at(a + 1) * Math.PI) / 180), at(b + 1) - at(a + 1)) * 111_320;
    };
    expect([...edgeMetres].filter((metres, edge) => metres < straight(edge) * 0.999)).toEqual([]);
  });

  test('has roads that people of the demo walk on, from one camera beside a road to the next of their grid', () => {
    const graph = decodeRoadGraph(fileOf(packFiles.roads));
    if (!graph.ok) throw new Error(graph.refusal.code);
    const ways = createRoadWays(graph.value);
    const { cameras } = generateDemoCounty();
    // Named by their kilometre: `柳林路 K1+500`.
    const besideRoads = cameras.filter(({ name }) => / K\d+\+\d{3}$/.test(name));
    const byRegion = Object.values(Object.groupBy(besideRoads, ({ regionId }) => regionId));
    const pairs = byRegion.flatMap((list) => {
      const [from, to] = [list?.[0]?.location, list?.[1]?.location];
      return from == null || to == null ? [] : [{ from, to }];
    });
    const walked = pairs.filter(({ from, to }) => ways(from, to)[0] !== to);
    expect([pairs.length > 50, walked.length > pairs.length * 0.9]).toEqual([true, true]);
  });

  test('has names with places within it', () => {
    const gazetteer = Gazetteer.parse(JSON.parse(Buffer.from(fileOf(packFiles.gazetteer)).toString('utf8')));
    const [west, south, east, north] = pack.manifest.bounds;
    const kinds = Object.groupBy(gazetteer.places, ({ kind }) => kind);
    expect([kinds.town?.length, kinds.village?.length, kinds.river?.length, (kinds.peak?.length ?? 0) > 5]).toEqual([11, 80, 5, true]);
    expect(gazetteer.places.filter(({ at: [lng, lat] }) => lng < west || lng > east || lat < south || lat > north)).toEqual([]);
  });
});

test('tiles are stored gzipped, as their archive says', async () => {
  const { getBytes } = archive(packFiles.base).source;
  const { tileDataOffset } = await archive(packFiles.base).getHeader();
  const { data } = await getBytes(tileDataOffset, 4_000);
  expect(() => gunzipSync(Buffer.from(data), { finishFlush: 2 })).not.toThrow();
});

test('the recipe names code that is there', async () => {
  const { packRecipe } = await import('./writePack.ts');
  const root = path.join(import.meta.dirname, '../..');
  expect([await packRecipe(root), (await readFile(path.join(root, 'tools/countyPack/plane.ts'))).length > 0]).toEqual([
    expect.stringMatching(/^[0-9a-f]{64}$/),
    true,
  ]);
});
