import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decodedPictures, loopClip } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';

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

async function openRoom(): Promise<GatewayRoom> {
  const room = await openGatewayRoom({ sources: () => ({ kind: 'demo', loop: clip.path }) });
  closers.push(room.close);
  return room;
}

type Asked = { camera: string; token: string; name: string };

const ask = (room: GatewayRoom, { camera, token, name }: Asked) =>
  fetch(`${room.httpUrl}/media/hls/${camera}/sub/${name}`, { headers: { Authorization: `Bearer ${token}` } });

const textOf = async (room: GatewayRoom, asked: Asked) => await (await ask(room, asked)).text();
const bytesOf = async (room: GatewayRoom, asked: Asked) => new Uint8Array(await (await ask(room, asked)).arrayBuffer());

/** The part that the playlist says comes next. */
function nextPart(playlist: string): { name: string; number: number; part: number } {
  const [, name = '', number, part] = /PRELOAD-HINT:TYPE=PART,URI="(part-(\d+)-(\d+)\.m4s)"/.exec(playlist) ?? [];
  return { name, number: Number(number), part: Number(part) };
}

test('a request for the next part waits for it: part by part they decode without a gap, and the playlist has named each', async () => {
  const room = await openRoom();
  const own = { camera: 'al-0001', token: room.grants.give({ camera: 'al-0001' }) };
  let playlist = await textOf(room, { ...own, name: 'live.m3u8' });
  const targetS = Number(/PART-TARGET=([\d.]+)/.exec(playlist)?.[1]);
  expect(Number(/PART-HOLD-BACK=([\d.]+)/.exec(playlist)?.[1])).toBeGreaterThanOrEqual(3 * targetS - 0.001);
  const pieces = [await bytesOf(room, { ...own, name: 'init-1.mp4' })];
  // Decoding begins with a key frame: the first part of the segment after this one.
  const first = nextPart(playlist).number + 1;
  let at = { number: first, part: 0 };
  while (at.number < first + 2) {
    playlist = await textOf(room, { ...own, name: `live.m3u8?_HLS_msn=${at.number}&_HLS_part=${at.part}` });
    const name = `part-${at.number}-${at.part}.m4s`;
    if (playlist.includes(`URI="${name}"`)) {
      pieces.push(await bytesOf(room, { ...own, name }));
      at = { ...at, part: at.part + 1 };
    } else at = { number: at.number + 1, part: 0 };
  }
  const { pictures, complaints } = await decodedPictures(Buffer.concat(pieces));
  expect(complaints).toBe('');
  // Two segments of at least two seconds at 12.5 pictures per second.
  expect(pictures).toBeGreaterThanOrEqual(2 * 24);
});

test('the hinted part is asked for before it exists and comes as soon as it does; who is far ahead is told so', async () => {
  const room = await openRoom();
  const own = { camera: 'al-0001', token: room.grants.give({ camera: 'al-0001' }) };
  const next = nextPart(await textOf(room, { ...own, name: 'live.m3u8' }));
  const hinted = await ask(room, { ...own, name: next.name });
  // The segment may end just there; then its next part never comes, and that is said at once.
  expect([200, 404]).toContain(hinted.status);
  const playlist = await textOf(room, { ...own, name: `live.m3u8?_HLS_msn=${next.number}` });
  expect(playlist).toContain(`seg-${next.number}.m4s`);
  expect((await ask(room, { ...own, name: `live.m3u8?_HLS_msn=${next.number + 50}` })).status).toBe(400);
  expect((await ask(room, { ...own, name: `part-${next.number}-999.m4s` })).status).toBe(404);
});

test('over HTTP/1.1 the sixth stream of a window gets the plain playlist, so that none of them waits for ever', async () => {
  const room = await openRoom();
  const cameras = Array.from({ length: 6 }, (_, index) => `al-000${index + 1}`);
  const playlists = await Promise.all(
    cameras.map((camera) => textOf(room, { camera, token: room.grants.give({ camera, window: 'window-1' }), name: 'live.m3u8' })),
  );
  const lowLatency = playlists.filter((playlist) => playlist.includes('CAN-BLOCK-RELOAD=YES'));
  expect([lowLatency.length, playlists.every((playlist) => playlist.includes('#EXTINF'))]).toEqual([5, true]);
  const other = await textOf(room, {
    camera: 'al-0001',
    token: room.grants.give({ camera: 'al-0001', window: 'window-2' }),
    name: 'live.m3u8',
  });
  expect(other).toContain('CAN-BLOCK-RELOAD=YES');
});

test.each([
  { change: 'revoke', code: 'access.notAllowed' },
  { change: 'changeRendition', code: 'cameras.renditionChanged' },
] as const)(
  'a request that waits when its right ends ($change) is answered at once, with why and without a picture',
  async ({ change, code }) => {
    const room = await openRoom();
    const own = { camera: 'al-0001', token: room.grants.give({ camera: 'al-0001' }) };
    const other = { camera: 'al-0002', token: room.grants.give({ camera: 'al-0002' }) };
    const next = nextPart(await textOf(room, { ...own, name: 'live.m3u8' }));
    const nextOfOther = nextPart(await textOf(room, { ...other, name: 'live.m3u8' }));
    // Both come with the segment after the next one: by themselves they would be answered 200.
    const held = ask(room, { ...own, name: `live.m3u8?_HLS_msn=${next.number + 1}` });
    const heldOfOther = ask(room, { ...other, name: `live.m3u8?_HLS_msn=${nextOfOther.number + 1}` });
    await ask(room, { ...own, name: `live.m3u8?_HLS_msn=${next.number}` });
    room.grants[change]('al-0001');
    const answer = await held;
    expect([answer.status, answer.headers.get('x-refusal-code'), await answer.text()]).toEqual([401, code, '']);
    expect((await heldOfOther).status).toBe(200);
  },
);
