import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decodedPictures, loopClip } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { until } from '#test/fakes/until.ts';

let clip: Awaited<ReturnType<typeof loopClip>>;
let closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  clip = await loopClip();
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});
afterAll(() => clip.remove());

async function openRoom(options: Partial<Parameters<typeof openGatewayRoom>[0]> = {}): Promise<GatewayRoom> {
  const room = await openGatewayRoom({ sources: (id) => (id === 'unknown' ? null : { kind: 'demo', loop: clip.path }), ...options });
  closers.push(room.close);
  return room;
}

function ask(
  room: GatewayRoom,
  { path, token, method = 'GET', signal }: { path: string; token?: string; method?: string; signal?: AbortSignal },
) {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return fetch(`${room.httpUrl}/media/hls/${path}`, { method, headers, ...(signal === undefined ? {} : { signal }) });
}

const bytesAt = async (room: GatewayRoom, asked: { path: string; token: string }) =>
  new Uint8Array(await (await ask(room, asked)).arrayBuffer());
const namesIn = (playlist: string) => playlist.split('\n').filter((line) => line.endsWith('.m4s'));

test('the first playlist starts the camera and its segments decode one after the other', async () => {
  const room = await openRoom();
  const token = room.grants.give({ camera: 'al-0001' });
  const first = await ask(room, { path: 'al-0001/sub/index.m3u8', token });
  expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([
    200,
    'application/vnd.apple.mpegurl',
    'no-store',
  ]);
  let playlist = await first.text();
  const initName = /#EXT-X-MAP:URI="(init-1\.mp4)"/.exec(playlist)?.[1] ?? 'none';
  const parts = [await bytesAt(room, { path: `al-0001/sub/${initName}`, token })];
  const taken = new Set<string>();
  while (taken.size < 3) {
    for (const name of namesIn(playlist).filter((listed) => !taken.has(listed))) {
      taken.add(name);
      parts.push(await bytesAt(room, { path: `al-0001/sub/${name}`, token }));
    }
    playlist = await (await ask(room, { path: 'al-0001/sub/index.m3u8', token })).text();
  }
  const { pictures, complaints } = await decodedPictures(Buffer.concat(parts));
  expect(complaints).toBe('');
  // Three segments of at least two seconds at 12.5 pictures per second.
  expect(pictures).toBeGreaterThanOrEqual(3 * 24);
  expect(playlist).not.toContain('#EXT-X-DISCONTINUITY\n');
  const [at] = [...playlist.matchAll(/PROGRAM-DATE-TIME:(\S+)/g)].map((found) => Date.parse(found[1] ?? ''));
  expect(Math.abs(Date.now() - at!)).toBeLessThan(60_000);
});

test('a restart of the camera is a discontinuity with an initialisation of its own', async () => {
  const room = await openRoom();
  const token = room.grants.give({ camera: 'al-0001' });
  await ask(room, { path: 'al-0001/sub/index.m3u8', token });
  process.kill(room.gateway.openSources()[0]!.processId!, 'SIGKILL');
  await until(() => room.gateway.openSources()[0]?.state === 'lost');
  let playlist = '';
  while (!playlist.includes('init-2.mp4')) playlist = await (await ask(room, { path: 'al-0001/sub/index.m3u8', token })).text();
  expect(playlist).toMatch(/#EXT-X-MAP:URI="init-1\.mp4"[^]*#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-2\.mp4"/);
  expect((await ask(room, { path: 'al-0001/sub/init-2.mp4', token })).status).toBe(200);
});

test('without the right token for exactly this camera there is nothing', async () => {
  const room = await openRoom();
  const [own, foreign, unknown] = ['al-0001', 'al-0002', 'unknown'].map((camera) => room.grants.give({ camera }));
  const statusOf = async (asked: Parameters<typeof ask>[1]) => (await ask(room, asked)).status;
  expect([
    await statusOf({ path: 'al-0001/sub/index.m3u8' }),
    await statusOf({ path: 'al-0001/sub/index.m3u8', token: 'x'.repeat(40) }),
    await statusOf({ path: 'al-0001/sub/index.m3u8', token: foreign! }),
    await statusOf({ path: 'al-0001/main/index.m3u8', token: own! }),
    await statusOf({ path: 'no-such-camera/sub/index.m3u8', token: own! }),
    await statusOf({ path: 'unknown/sub/index.m3u8', token: unknown! }),
    await statusOf({ path: 'al-0001/sub/seg-1.m4s', token: own! }),
    await statusOf({ path: 'al-0001/sub/index.m3u8', token: own!, method: 'POST' }),
  ]).toEqual([401, 401, 403, 403, 403, 404, 404, 405]);
  expect(room.gateway.openSources()).toEqual([]);
  room.grants.revoke('al-0001');
  expect(await statusOf({ path: 'al-0001/sub/index.m3u8', token: own! })).toBe(401);
});

test('a preflight is answered without a token and may be kept', async () => {
  const room = await openRoom();
  const answer = await ask(room, { path: 'al-0001/sub/index.m3u8', method: 'OPTIONS' });
  expect([answer.status, answer.headers.get('access-control-allow-headers'), answer.headers.get('access-control-max-age')]).toEqual([
    204,
    'Authorization',
    '7200',
  ]);
});

test('a request that is given up does not keep the camera open, and neither does a window that stays away', async () => {
  const room = await openRoom({ limits: { hlsViewerMs: 400, idleStopMs: 200 } });
  const givenUp = new AbortController();
  const asked = ask(room, { path: 'al-0001/sub/index.m3u8', token: room.grants.give({ camera: 'al-0001' }), signal: givenUp.signal });
  await until(() => room.gateway.openSources().length === 1);
  expect(room.gateway.openSources()[0]).toMatchObject({ viewers: 1 });
  givenUp.abort();
  await expect(asked).rejects.toThrow('abort');
  await until(() => room.gateway.openSources().length === 0);
});

test('a camera without pictures is a playlist later, not a request that hangs', async () => {
  const room = await openRoom({ sources: () => ({ kind: 'demo', loop: `${clip.path}.gone` }), limits: { hlsFirstSegmentMs: 300 } });
  const answer = await ask(room, { path: 'al-0001/sub/index.m3u8', token: room.grants.give({ camera: 'al-0001' }) });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
});
