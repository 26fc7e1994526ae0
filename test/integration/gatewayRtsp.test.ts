import { afterEach, expect, test } from 'vitest';
import { decodedPictures } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { holesOf, openPushWindow, type PushWindow, runsOf } from '#test/fakes/pushWindow.ts';
import { type RtspServer, startRtspServer } from '#test/fakes/rtspServer.ts';
import { slowFrom, watchStandstills } from '#test/fakes/standstills.ts';
import { until } from '#test/fakes/until.ts';

let closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

async function startServer(options: Parameters<typeof startRtspServer>[0] = {}): Promise<RtspServer> {
  const server = await startRtspServer(options);
  closers.push(server.kill);
  return server;
}

type RoomOptions = Parameters<typeof openGatewayRoom>[0];

async function openRoom(
  urlOf: (camera: string) => string,
  limits: RoomOptions['limits'] = {},
  more: Pick<RoomOptions, 'transcoding'> = {},
): Promise<GatewayRoom> {
  const room = await openGatewayRoom({ ...more, sources: (camera) => ({ kind: 'rtsp', url: urlOf(camera), transport: 'tcp' }), limits });
  closers.push(room.close);
  return room;
}

async function openWindow(room: GatewayRoom, cameras: readonly string[]): Promise<PushWindow> {
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  for (const [index, camera] of cameras.entries()) {
    window.tell({ type: 'open', channel: index + 1, token: room.grants.give({ camera }) });
  }
  return window;
}

const fragmentsOf = (window: PushWindow, channel = 1) => window.received.filter((whole) => whole.channel === channel && !whole.isInit);
const stateOf = (room: GatewayRoom, camera: string) => room.gateway.openSources().find(({ cameraId }) => cameraId === camera)?.state;

test('a camera of a server that is not ours plays, is lost with it, and plays again when it is back', async () => {
  const server = await startServer();
  // It is lost because its connection ends: silence of a busy machine is none.
  const room = await openRoom(() => server.url, { silentLostMs: 10_000, silentRestartMs: 20_000, tellLostAfterMs: 500, restartMaxMs: 500 });
  const window = await openWindow(room, ['al-0001']);
  await until(() => fragmentsOf(window).length >= 8);
  await server.kill();
  await until(() => room.changes.some(({ source }) => source === 'lost'));
  await startServer({ port: server.port });
  await until(() => (runsOf(window)[1] ?? []).length > 8);

  expect(room.changes).toEqual([
    { cameraId: 'al-0001', source: 'normal' },
    { cameraId: 'al-0001', source: 'lost', reason: 'noData' },
    { cameraId: 'al-0001', source: 'normal' },
  ]);
  expect(window.notices.filter(({ type }) => type === 'source').map((notice) => 'source' in notice && notice.source.kind)).toEqual([
    'flowing',
    'lost',
    'flowing',
  ]);
  const [before = [], again = []] = runsOf(window);
  expect(again[0]).toMatchObject({ isInit: true, isAfterHole: true });
  expect(again[1]).toMatchObject({ isKey: true, isAfterHole: true });
  expect(again[1]!.mediaTime).toBeGreaterThan(before.at(-1)!.mediaTime);
  for (const part of [before, again]) {
    const { pictures, complaints } = await decodedPictures(Buffer.concat(part.map(({ bytes }) => bytes)));
    expect(complaints).toBe('');
    expect(pictures).toBeGreaterThanOrEqual(16);
  }
});

test("the camera's own clock comes with its pictures once its reports prove it", async () => {
  const server = await startServer();
  const room = await openRoom(() => server.url);
  const window = await openWindow(room, ['al-0001']);
  expect(fragmentsOf(window).every(({ sourceAtMs }) => sourceAtMs === null)).toBe(true);
  await until(() => fragmentsOf(window).some(({ sourceAtMs }) => sourceAtMs !== null));
  const proven = fragmentsOf(window).find(({ sourceAtMs }) => sourceAtMs !== null)!;
  // Server and gateway share this machine's clock: a picture cannot be older than the whole test, nor from the future.
  expect(proven.arrivedAtMs - proven.sourceAtMs!).toBeGreaterThan(-100);
  expect(proven.arrivedAtMs - proven.sourceAtMs!).toBeLessThan(10_000);
});

test('a frozen process is lost, then killed and started again, while another camera goes on', async () => {
  using stood = watchStandstills(slowFrom);
  const server = await startServer();
  // Longer than a busy machine may keep the other one's pictures from coming.
  const room = await openRoom(() => server.url, { silentLostMs: 4_000, silentRestartMs: 6_000 });
  const window = await openWindow(room, ['al-0001', 'al-0002']);
  await until(() => fragmentsOf(window, 1).length > 2 && fragmentsOf(window, 2).length > 2);
  const [frozen, other] = room.gateway.openSources();
  process.kill(frozen!.processId!, 'SIGSTOP');
  await until(() => stateOf(room, 'al-0001') === 'lost');
  await until(() => (runsOf(window)[1] ?? []).length > 3);
  const [restarted, undisturbed] = room.gateway.openSources();
  expect(restarted!.processId).not.toBe(frozen!.processId);
  // What flows goes on to be counted; who it is, its process and its viewers stay.
  const lasting = ({ cameraId, processId, viewers, state }: typeof other & object) => ({ cameraId, processId, viewers, state });
  expect(lasting(undisturbed!)).toEqual(lasting(other!));
  expect(holesOf(window, { channel: 2, stood })).toBe(0);
  expect(window.notices.filter(({ channel, type }) => channel === 2 && type === 'source')).toHaveLength(1);
});

test('where nothing may be encoded a camera that speaks H.265 is refused by name, one that is not there is lost, and no password reaches the log', async () => {
  const server = await startServer({ codec: 'h265' });
  const secretUrl = server.url.replace('rtsp://', 'rtsp://admin:geheim-42@');
  const urlOf = (camera: string) => (camera === 'al-0001' ? secretUrl : secretUrl.replace('/stream', '/nothing'));
  const room = await openRoom(urlOf, { tellLostAfterMs: 200 }, { transcoding: { cores: 0, count: 0 } });
  const window = await openWindow(room, ['al-0001', 'al-0002']);
  const refusals = () => window.notices.filter(({ type }) => type === 'refused');
  await until(() => room.changes.length > 0 && refusals().length > 0);
  expect(refusals()).toEqual([{ type: 'refused', channel: 1, code: 'cameras.transcodingFull' }]);
  expect(room.changes).toEqual([{ cameraId: 'al-0002', source: 'lost', reason: 'refusedByCamera' }]);
  expect(window.received).toEqual([]);
  expect(room.logLines.join('')).toContain('source lost');
  expect(room.logLines.join('')).not.toContain('geheim-42');
});
