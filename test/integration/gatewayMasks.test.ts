import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { MaskArea, MaskAreas } from '#contract/cameras/index.ts';
import { ffmpegArguments } from '#platform/cameras/gateway/renditions/index.ts';
import { runFfmpeg } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, type GatewayRoomOptions, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { openPushWindow, type PushWindow, runsOf } from '#test/fakes/pushWindow.ts';
import { until } from '#test/fakes/until.ts';

// One with a notch, one with a slanted edge: rectangles alone would prove little.
const areas: MaskAreas = [
  [
    [0.1, 0.1],
    [0.5, 0.1],
    [0.5, 0.45],
    [0.3, 0.45],
    [0.3, 0.8],
    [0.1, 0.8],
  ],
  [
    [0.6, 0.9],
    [0.75, 0.5],
    [0.95, 0.9],
  ],
];
const [widthPx, heightPx] = [640, 360];

let folder: string;
let loops: { readonly h264: string; readonly hevc: string };
let closers: (() => Promise<void>)[] = [];

// White noise that is another in each picture, under the masks too: whatever came through would be seen at once.
const noise = ['-f', 'lavfi', '-i', `color=white:size=${widthPx}x${heightPx}:rate=12.5:duration=3`, '-vf', 'noise=alls=40:allf=t'];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commandwall-masks-'));
  loops = { h264: join(folder, 'h264.mp4'), hevc: join(folder, 'hevc.mp4') };
  const short = ['-pix_fmt', 'yuv420p', '-preset', 'ultrafast', '-b:v', '1M', '-g', '12'];
  await runFfmpeg([...noise, ...short, '-bf', '0', '-c:v', 'libx264', loops.h264]);
  await runFfmpeg([...noise, ...short, '-c:v', 'libx265', '-x265-params', 'log-level=error', loops.hevc]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

async function openRoom(loop: string, more: Partial<GatewayRoomOptions> = {}): Promise<{ room: GatewayRoom; window: PushWindow }> {
  const room = await openGatewayRoom({ sources: () => ({ kind: 'demo', loop }), ...more });
  closers.push(room.close);
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  return { room, window };
}

const bytesOf = (window: PushWindow, channel: number) =>
  Buffer.concat(window.received.filter((whole) => whole.channel === channel).map(({ bytes }) => bytes));
const fragmentsOf = (window: PushWindow, channel: number) =>
  window.received.filter((whole) => whole.channel === channel && !whole.isInit).length;

/** Luma of every picture. */
async function picturesIn(bytes: Uint8Array): Promise<readonly Uint8Array[]> {
  const raw = ['-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  const { output } = await runFfmpeg(['-loglevel', 'error', '-f', 'mp4', '-i', 'pipe:0', '-map', '0:v:0', ...raw], bytes);
  const size = widthPx * heightPx;
  return Array.from({ length: Math.floor(output.length / size) }, (_, index) => output.subarray(index * size, (index + 1) * size));
}

function isInside(area: MaskArea, x: number, y: number): boolean {
  return area.reduce((inside, [fromX, fromY], index) => {
    const [toX = 0, toY = 0] = area[(index + 1) % area.length] ?? [];
    const crosses = fromY > y !== toY > y && x < ((toX - fromX) * (y - fromY)) / (toY - fromY) + fromX;
    return crosses ? !inside : inside;
  }, false);
}

/** Pixels that lie this deep under a mask (for a negative depth: that far from every mask). */
function pixelsUnder(depthPx: number): readonly number[] {
  const steps = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => [x * Math.abs(depthPx), y * Math.abs(depthPx)] as const));
  const covered = (x: number, y: number) => areas.some((area) => isInside(area, (x + 0.5) / widthPx, (y + 0.5) / heightPx));
  return Array.from({ length: widthPx * heightPx }, (_, at) => at).filter((at) => {
    const [x, y] = [at % widthPx, Math.floor(at / widthPx)];
    return depthPx >= 0 ? steps.every(([dx, dy]) => covered(x + dx, y + dy)) : steps.every(([dx, dy]) => !covered(x + dx, y + dy));
  });
}

/** The brightest pixel that is under a mask and the darkest one beside, over all pictures. The encoder's own blur is a few pixels wide. */
function extremes(pictures: readonly Uint8Array[]) {
  const [under, beside] = [pixelsUnder(4), pixelsUnder(-24)];
  const over = (pixels: readonly number[]) => pictures.flatMap((picture) => pixels.map((at) => picture[at] ?? 0));
  return {
    brightestUnder: over(under).reduce((most, luma) => Math.max(most, luma), 0),
    darkestBeside: over(beside).reduce((least, luma) => Math.min(least, luma), 255),
  };
}

test.each(['h264', 'hevc'] as const)('nothing of a %s picture comes through its masks, from the first key frame on', async (codec) => {
  const { room, window } = await openRoom(loops[codec], { transcoding: { cores: 4, count: 4 } });
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001', masks: areas }) });
  await until(() => fragmentsOf(window, 1) >= 8);
  const pictures = await picturesIn(bytesOf(window, 1));
  const masked = extremes(pictures);
  expect([window.received[0]?.isInit, window.received[1]?.isKey, pictures.length >= 20]).toEqual([true, true, true]);
  expect(masked.brightestUnder).toBeLessThan(60);
  expect(masked.darkestBeside).toBeGreaterThan(80);
});

test('the plain picture is bright where the masks would be, so the check can fail', async () => {
  const { room, window } = await openRoom(loops.h264);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  await until(() => fragmentsOf(window, 1) >= 4);
  expect(extremes(await picturesIn(bytesOf(window, 1))).brightestUnder).toBeGreaterThan(200);
});

test('both renditions of one camera at once stay apart, and a late masked window is not given the plain group that is kept', async () => {
  const { room, window } = await openRoom(loops.h264, { transcoding: { cores: 4, count: 4 } });
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  await until(() => fragmentsOf(window, 1) >= 8);
  window.tell({ type: 'open', channel: 2, token: room.grants.give({ camera: 'al-0001', masks: areas }) });
  window.tell({ type: 'open', channel: 3, token: room.grants.give({ camera: 'al-0001', masks: areas.slice(0, 1) }) });
  await until(() => fragmentsOf(window, 2) >= 4 && fragmentsOf(window, 3) >= 4);
  expect(extremes(await picturesIn(bytesOf(window, 2))).brightestUnder).toBeLessThan(60);
  expect(extremes(await picturesIn(bytesOf(window, 3))).brightestUnder).toBeGreaterThan(200);
  expect(room.gateway.openSources().map(({ isMasked, viewers }) => [isMasked, viewers])).toEqual([
    [false, 1],
    [true, 1],
    [true, 1],
  ]);
});

test("a masked right opens nothing else: not the plain stream's files, and without room to encode it opens nothing at all", async () => {
  const { room, window } = await openRoom(loops.h264, { transcoding: { cores: 1, count: 1 } });
  const token = room.grants.give({ camera: 'al-0001', masks: areas });
  const statusOf = async (path: string, by: string) =>
    (await fetch(`${room.httpUrl}/media/hls/al-0001/${path}`, { headers: { authorization: `Bearer ${by}` } })).status;
  expect([
    await statusOf('sub/index.m3u8', token),
    await statusOf('sub-masked/index.m3u8', room.grants.give({ camera: 'al-0001' })),
  ]).toEqual([403, 403]);
  window.tell({ type: 'open', channel: 1, token });
  window.tell({ type: 'open', channel: 2, token: room.grants.give({ camera: 'al-0002', masks: areas }) });
  await until(() => fragmentsOf(window, 1) >= 2 && window.notices.some(({ type }) => type === 'refused'));
  expect(window.notices.filter(({ channel, type }) => channel === 2 || type === 'refused')).toMatchObject([
    { channel: 2, code: 'cameras.transcodingFull' },
  ]);
  expect(fragmentsOf(window, 2)).toBe(0);
});

test('the segments of a masked stream are as masked as what is pushed', async () => {
  const { room } = await openRoom(loops.h264, { transcoding: { cores: 1, count: 1 } });
  const headers = { authorization: `Bearer ${room.grants.give({ camera: 'al-0001', masks: areas })}` };
  const base = `${room.httpUrl}/media/hls/al-0001/sub-masked`;
  const playlist = await (await fetch(`${base}/index.m3u8`, { headers })).text();
  const [init] = /init-\d+\.mp4/.exec(playlist) ?? [];
  const [segment] = /seg-\d+\.m4s/.exec(playlist) ?? [];
  const files = await Promise.all(
    [init, segment].map(async (name) => Buffer.from(await (await fetch(`${base}/${name}`, { headers })).arrayBuffer())),
  );
  const pictures = await picturesIn(Buffer.concat(files));
  expect(pictures.length).toBeGreaterThan(20);
  expect(extremes(pictures).brightestUnder).toBeLessThan(60);
});

test('HEVC is encoded where there is room, is told apart from a broken camera where there is none, and H.264 is copied', async () => {
  const { room, window } = await openRoom('', {
    sources: (camera) => ({ kind: 'demo', loop: camera === 'al-0003' ? loops.h264 : loops.hevc }),
    transcoding: { cores: 1, count: 1 },
    limits: { tellLostAfterMs: 50 },
  });
  const open = (channel: number, camera: string) => window.tell({ type: 'open', channel, token: room.grants.give({ camera }) });
  open(1, 'al-0001');
  await until(() => fragmentsOf(window, 1) >= 2);
  open(2, 'al-0002');
  open(3, 'al-0003');
  await until(() => fragmentsOf(window, 3) >= 2 && window.notices.some(({ type }) => type === 'refused'));
  expect(window.notices.filter(({ type }) => type === 'refused')).toEqual([
    { type: 'refused', channel: 2, code: 'cameras.transcodingFull' },
  ]);
  expect(room.changes.filter(({ cameraId }) => cameraId === 'al-0002')).toEqual([]);
});

test('a camera that begins to send HEVC goes on by itself, and is copied again when it is H.264 again', async () => {
  let loop = loops.h264;
  const { room, window } = await openRoom('', {
    sources: () => ({ kind: 'demo', loop }),
    limits: { restartMaxMs: 200, tellLostAfterMs: 15_000 },
  });
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  const goesOn = async (next: string) => {
    const [before, died] = [runsOf(window).length, room.gateway.openSources()[0]?.processId];
    loop = next;
    if (died != null) process.kill(died, 'SIGKILL');
    await until(() => runsOf(window).length > before && (runsOf(window).at(-1)?.length ?? 0) > 4);
  };
  await until(() => fragmentsOf(window, 1) >= 4);
  await goesOn(loops.hevc);
  await goesOn(loops.h264);
  const runs = runsOf(window);
  const sizes = await Promise.all(runs.map(async (run) => (await picturesIn(Buffer.concat(run.map(({ bytes }) => bytes)))).length > 0));
  const encoded = room.logLines.filter((line) => line.includes('source must be encoded'));
  expect([sizes, encoded.length, room.changes.filter(({ source }) => source === 'lost')]).toEqual([[true, true, true], 1, []]);
  expect(runs.map(([, first]) => first?.isKey)).toEqual([true, true, true]);
});

test('a picture that changes its size in the middle of a stream stays masked at the same places', async () => {
  const ofSize = async (size: string) => {
    const white = [
      '-f',
      'lavfi',
      '-i',
      `color=white:size=${size}:rate=12.5:duration=1`,
      '-vf',
      'noise=alls=40:allf=t',
      '-pix_fmt',
      'yuv420p',
    ];
    const encoded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '12', '-bf', '0', '-bsf:v', 'dump_extra=freq=keyframe'];
    return (await runFfmpeg([...white, ...encoded, '-f', 'mpegts', 'pipe:1'])).output;
  };
  const mixed = Buffer.concat([await ofSize('640x360'), await ofSize('1280x720'), await ofSize('480x270')]);
  const args = ffmpegArguments(['-f', 'mpegts', '-i', 'pipe:0'], { kind: 'encoded', quality: 'sub', masks: areas });
  const pictures = await picturesIn((await runFfmpeg(args, mixed)).output);
  expect(pictures.length).toBeGreaterThan(30);
  expect(extremes(pictures).brightestUnder).toBeLessThan(60);
  // Beside the masks each picture is as bright as it was; a few blocks are broken where one stream was cut to the other.
  const beside = pixelsUnder(-24);
  const means = pictures.map((picture) => beside.reduce((sum, at) => sum + (picture[at] ?? 0), 0) / beside.length);
  expect(Math.min(...means)).toBeGreaterThan(150);
});
