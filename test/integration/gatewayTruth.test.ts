import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { sourceHeader } from '#contract/cameras/index.ts';
import { runFfmpeg } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { holesOf, openPushWindow, type PushWindow } from '#test/fakes/pushWindow.ts';
import { slowFrom, watchStandstills } from '#test/fakes/standstills.ts';
import { until } from '#test/fakes/until.ts';

/** Cameras that look the same for ever, each in its own way, and one that does not. */
const scenes = {
  stuck: { draw: 'smptebars=size=320x180:rate=12', filter: 'null' },
  covered: { draw: 'color=c=gray:size=320x180:rate=12', filter: 'noise=alls=8:allf=t' },
  moving: { draw: 'testsrc2=size=320x180:rate=12', filter: 'noise=alls=8:allf=t' },
} as const;

let folder: string;
let closers: (() => Promise<void>)[] = [];

const loopOf = (scene: string) => path.join(folder, `${scene}.mp4`);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'commandwall-truth-'));
  for (const [scene, { draw, filter }] of Object.entries(scenes)) {
    await runFfmpeg([
      ...['-loglevel', 'error', '-f', 'lavfi', '-i', `${draw}:duration=12`, '-vf', `${filter},format=yuv420p`],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '24', '-g', '6', '-sc_threshold', '0', '-bf', '0', loopOf(scene)],
    ]);
  }
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Longer than a busy machine keeps pictures from coming: where nothing is stopped, nothing may be lost. */
const patient = { silentLostMs: 10_000, silentRestartMs: 20_000 };

async function openRoom(limits: Parameters<typeof openGatewayRoom>[0]['limits'] = patient): Promise<GatewayRoom> {
  const room = await openGatewayRoom({ sources: (scene) => ({ kind: 'demo', loop: loopOf(scene) }), limits });
  closers.push(room.close);
  return room;
}

async function look(room: GatewayRoom, ...cameras: (keyof typeof scenes)[]): Promise<PushWindow> {
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  for (const [at, camera] of cameras.entries()) window.tell({ type: 'open', channel: at + 1, token: room.grants.give({ camera }) });
  return window;
}

const saidOf = ({ notices }: PushWindow, channel: number) =>
  notices.flatMap((notice) => (notice.type === 'source' && notice.channel === channel ? [notice.source.kind] : []));
const keysOf = ({ received }: PushWindow, channel: number) => received.filter((whole) => whole.channel === channel && whole.isKey).length;
const told = (room: GatewayRoom, camera: string) => room.changes.filter(({ cameraId }) => cameraId === camera);

test('an encoder that sends the same picture again and again is found out by its third; one that moves is not', async () => {
  const room = await openRoom();
  const window = await look(room, 'stuck', 'moving');
  await until(() => saidOf(window, 1).includes('unmoving'));
  await until(() => keysOf(window, 2) > 8);
  expect([saidOf(window, 1), saidOf(window, 2)]).toEqual([['flowing', 'unmoving'], ['flowing']]);
  expect(told(room, 'stuck').at(-1)).toMatchObject({ source: 'unmoving', why: 'repeated', sinceMs: expect.any(Number) });
  expect(told(room, 'moving')).toEqual([{ cameraId: 'moving', source: 'normal' }]);
});

test('a window that plays HLS hears of it with its playlist', async () => {
  const room = await openRoom();
  const window = await look(room, 'stuck');
  await until(() => saidOf(window, 1).includes('unmoving'));
  const token = room.grants.give({ camera: 'stuck' });
  const answer = await fetch(`${room.httpUrl}/media/hls/stuck/sub/index.m3u8`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.headers.get(sourceHeader)).toMatch(/^unmoving \d+$/);
  expect(answer.headers.get('access-control-expose-headers')).toContain(sourceHeader);
});

test('a covered lens has noise and yet nothing to see: unmoving after a while, told with since when', async () => {
  const room = await openRoom({ ...patient, lookEveryMs: 400, stillAfterMs: 1_200 });
  const window = await look(room, 'covered', 'moving');
  await until(() => saidOf(window, 1).includes('unmoving'));
  await until(() => keysOf(window, 2) > 8);
  expect(told(room, 'covered').at(-1)).toMatchObject({ source: 'unmoving', why: 'still' });
  expect(saidOf(window, 2)).toEqual(['flowing']);
});

test('one process that is stopped is lost within three seconds, and no other picture is disturbed', async () => {
  using stood = watchStandstills(slowFrom);
  const room = await openRoom({ tellLostAfterMs: 300 });
  const window = await look(room, 'covered', 'moving');
  await until(() => keysOf(window, 1) > 1 && keysOf(window, 2) > 1);
  const stopped = room.gateway.openSources().find(({ cameraId }) => cameraId === 'covered')?.processId;
  process.kill(stopped!, 'SIGSTOP');
  await until(() => saidOf(window, 1).includes('lost'));
  const lost = window.notices.find((notice) => notice.type === 'source' && notice.source.kind === 'lost');
  const before = window.received.findLast(({ channel }) => channel === 1)?.arrivedAtMs ?? 0;
  // Since its last picture, by the gateway's own clock; the fragment that it came in may be a quarter of a second older.
  expect(lost).toMatchObject({ source: { sinceMs: before } });
  expect([saidOf(window, 2), holesOf(window, { channel: 2, stood })]).toEqual([['flowing'], 0]);
  // Frozen for eight seconds it is killed and started again: the picture comes back by itself.
  await until(() => saidOf(window, 1).at(-1) === 'flowing');
});

test('the figures of the health page are those of the stream', async () => {
  const room = await openRoom();
  const window = await look(room, 'moving');
  await until(() => keysOf(window, 1) > 6);
  const [source] = room.gateway.openSources();
  expect(source).toMatchObject({ state: 'flowing', viewers: 1, restarts: 0, figures: { delayMs: null, clockOffsetMs: null } });
  expect(source?.figures.framesPerSecond).toBeCloseTo(12, 0);
  expect(source?.figures.bitsPerSecond).toBeGreaterThan(10_000);
  expect(source?.figures.lastPictureAtMs).not.toBeNull();
});
