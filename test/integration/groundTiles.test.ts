import { afterEach, beforeEach, expect, test } from 'vitest';
import { Basemap } from '#contract/map/index.ts';
import { type GroundSheet, type GroundTrouble, openGround, type OpenGround } from '#renderer/map/ground/index.ts';
import { openTileServer, tilePicture, type TileServer } from '#test/fakes/tileServer.ts';
import { writePmtiles } from '#tools/countyPack/pmtilesFile.ts';

let server: TileServer;
let ground: OpenGround;
let waits: { delayMs: number; run: () => void }[];
let troubles: (GroundTrouble | null)[];
let again: { sheet: number; tiles: readonly object[] }[];
beforeEach(async () => {
  server = await openTileServer();
  [waits, troubles, again] = [[], [], []];
});
afterEach(async () => {
  ground.stop();
  await server.close();
});

const timers = {
  afterMs: (delayMs: number, run: () => void) => {
    const wait = { delayMs, run };
    waits.push(wait);
    return () => void waits.splice(waits.indexOf(wait), 1);
  },
};

/** Only what begins like a picture is one. */
async function decode(picture: Blob): Promise<ImageBitmap> {
  const [first] = new Uint8Array(await picture.arrayBuffer());
  if (first !== 0x89) throw new Error('no picture');
  return {} as ImageBitmap;
}

/** Resolves with what there is to draw; `fetcher` = another way to ask. */
function opened(value: object, fetcher: typeof fetch = fetch): Promise<readonly GroundSheet[]> {
  const basemap = Basemap.parse(value);
  if (basemap.kind === 'pack') throw new Error('the pack is no other ground');
  return new Promise((resolve) => {
    ground = openGround({
      ...{ basemap, fetcher, timers, decode, randomness: () => 1 },
      onSheets: resolve,
      onTrouble: (why) => {
        troubles.push(why);
        resolve([]);
      },
      onAgain: (sheet, tiles) => again.push({ sheet, tiles }),
    });
  });
}

const wmts = () => ({ kind: 'wmts', templates: [`${server.origin}/wmts?z={z}&x={x}&y={y}&tk={key}`], key: 'k1', attribution: '天地图' });
const load = (place: string, ending = new AbortController()) =>
  ground.load({ url: `ground://${place}` }, ending).then(
    ({ data }) => (data instanceof ArrayBuffer ? data.byteLength : 'picture'),
    (error: Error) => error.message,
  );
const look = async (until: () => boolean) => {
  const wait = waits.shift();
  wait?.run();
  while (!until()) await new Promise(setImmediate);
};

test('a tile of a WMTS is asked for with its key, without cookie and without the address of the page', async () => {
  await opened(wmts());
  expect([await load('0/9/409/205'), server.asked, server.told]).toEqual(['picture', ['/wmts?z=9&x=409&y=205&tk=k1'], []]);
});

test('a wrong key is told of once, and whatever fails names no address', async () => {
  await opened({ ...wmts(), key: 'k2' });
  const words = [await load('0/9/1/1'), await load('0/9/1/2'), await load('0/9/1/3'), await load('0/9/1/4')];
  expect([new Set(words), troubles, server.asked.length]).toEqual([new Set(['no ground: refused']), ['refused'], 3]);
});

test('what failed is asked for again when the server answers again, and nothing else', async () => {
  server.manner = 'fault';
  await opened(wmts());
  for (const place of ['0/9/1/1', '0/9/1/2', '0/9/1/3', '0/9/1/4']) await load(place);
  await look(() => waits.some(({ delayMs }) => delayMs === 4_000));
  server.manner = 'well';
  await look(() => again.length > 0);
  expect([troubles, server.asked.length, again]).toEqual([
    ['busy', null],
    5,
    [{ sheet: 0, tiles: [1, 2, 3, 4].map((y) => ({ z: 9, x: 1, y })) }],
  ]);
});

test('where nothing is there at all no tile is asked for twice by itself, and other places are still tried', async () => {
  server.manner = 'nothing';
  await opened(wmts());
  const places = [1, 2, 3, 4, 5, 6, 7, 8].map((y) => `0/9/1/${y}`);
  for (const place of places) await load(place);
  expect([troubles, server.asked.length]).toEqual([['missing'], 8]);
  expect(new Set(await Promise.all(places.map((place) => load(place))))).toEqual(new Set(['no ground: missing']));
  expect(server.asked.length).toBe(8);
  server.manner = 'well';
  expect([await load('0/9/2/1'), troubles, await load('0/9/1/1'), server.asked.length]).toEqual([
    'picture',
    ['missing', null],
    'picture',
    10,
  ]);
});

test('a server that does not answer within ten seconds is slow; a tile that nobody wants any more is no failure', async () => {
  server.manner = 'hang';
  await opened(wmts());
  const loads = [load('0/9/1/1'), load('0/9/1/2'), load('0/9/1/3')];
  while (waits.length < 3) await new Promise(setImmediate);
  expect(waits.map(({ delayMs }) => delayMs)).toEqual([10_000, 10_000, 10_000]);
  for (const { run } of [...waits]) run();
  expect([await Promise.all(loads), troubles]).toEqual([Array(3).fill('no ground: slow'), ['slow']]);
});

test('tiles that nobody wants any more are no failures', async () => {
  server.manner = 'hang';
  await opened(wmts());
  const ending = new AbortController();
  const loads = [1, 2, 3, 4].map((y) => load(`0/9/1/${y}`, ending));
  while (server.asked.length < 4) await new Promise(setImmediate);
  ending.abort();
  await Promise.all(loads);
  expect([troubles, waits]).toEqual([[], []]);
});

test('a page of words in the place of pictures is no picture, and in the place of shapes no shape', async () => {
  server.manner = 'page';
  await opened(wmts());
  expect(await load('0/9/1/1')).toBe('no ground: notTiles');
  ground.stop();
  await opened({ kind: 'tileJson', url: `${server.origin}/land.json`, tiles: 'vector', attribution: '县' });
  expect(await load('0/9/1/1')).toBe('no ground: notTiles');
});

test('a TileJSON says what there is; one that is none, and one whose tiles lie elsewhere, are told of at once', async () => {
  const tileJson = (path: string) => ({ kind: 'tileJson', url: `${server.origin}${path}`, tiles: 'pictures', attribution: '县' });
  expect(await opened(tileJson('/land.json'))).toEqual([{ zooms: [0, 14], bounds: null, tileSize: 256, rows: 'fromNorth' }]);
  expect(await load('0/9/1/1')).toBe('picture');
  ground.stop();
  await opened(tileJson('/foreign.json'));
  ground.stop();
  await opened(tileJson('/wmts?tk=k1'));
  expect(troubles).toEqual(['otherOrigin', 'notTiles']);
});

test('a server that is not there is told from one that may only not be read', async () => {
  const isThere = { now: true };
  const fetcher = (async (_: unknown, { mode }: RequestInit = {}) => {
    if (mode === 'no-cors' && isThere.now) return new Response();
    throw new TypeError('Failed to fetch');
  }) as typeof fetch;
  await opened({ kind: 'tileJson', url: `${server.origin}/land.json`, tiles: 'pictures', attribution: '县' }, fetcher);
  while (troubles.length < 2) await new Promise(setImmediate);
  expect(troubles).toEqual(['unreachable', 'notAllowed']);
  ground.stop();
  isThere.now = false;
  await opened({ kind: 'tileJson', url: `${server.origin}/land.json`, tiles: 'pictures', attribution: '县' }, fetcher);
  await new Promise(setImmediate);
  expect(troubles.slice(2)).toEqual(['unreachable']);
});

test('a PMTiles server without ranges, and a file that is none, are told of at once', async () => {
  const pmtiles = { kind: 'pmtiles', url: `${server.origin}/wmts?tk=k1`, tiles: 'pictures', attribution: '县' };
  await opened(pmtiles);
  ground.stop();
  await opened(pmtiles, async () => new Response('<!doctype html>'.padEnd(20_000), { status: 206 }));
  expect(troubles).toEqual(['notTiles', 'notTiles']);
});

test('tiles of a PMTiles file are read by ranges; where it has none nothing is drawn and nothing is wrong', async () => {
  const file = writePmtiles([{ z: 9, x: 409, y: 205, bytes: tilePicture([1, 1]) }], {
    ...{ kind: 'png', zooms: [9, 9], bounds: [107, 32, 109, 34], metadata: {} },
  });
  const ranges: string[] = [];
  const answer: typeof fetch = async (...[, init]) => {
    const range = new Headers(init?.headers).get('range') ?? '';
    ranges.push(range);
    const [from = 0, to = 0] = range.slice('bytes='.length).split('-').map(Number);
    return new Response(Buffer.from(file.subarray(from, to + 1)), { status: 206 });
  };
  const sheets = await opened({ kind: 'pmtiles', url: '/map/basemap.pmtiles', tiles: 'pictures', attribution: '县' }, answer);
  expect(sheets).toEqual([{ zooms: [9, 9], bounds: [107, 32, 109, 34], tileSize: 256, rows: 'fromNorth' }]);
  expect([await load('0/9/409/205'), await load('0/9/409/206'), troubles, waits]).toEqual(['picture', 'no ground: missing', [], []]);
  expect(ranges.every((range) => /^bytes=\d+-\d+$/.test(range))).toBe(true);
});
