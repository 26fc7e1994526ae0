import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { selfSigned, startBetween } from '#test/fakes/betweenSockets.ts';
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
async function between(options: Parameters<typeof startBetween>[0]) {
  const started = await startBetween(options);
  closers.push(started.close);
  return started;
}
async function openRoom(source: CameraSource, limits: Parameters<typeof openGatewayRoom>[0]['limits'] = {}): Promise<GatewayRoom> {
  const room = await openGatewayRoom({ sources: () => source, limits: { restartMaxMs: 500, tellLostAfterMs: 300, ...limits } });
  closers.push(room.close);
  return room;
}
async function openWindow(room: GatewayRoom, cameras: readonly string[] = ['al-0001']): Promise<PushWindow> {
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  for (const [index, camera] of cameras.entries()) window.tell({ type: 'open', channel: index + 1, token: room.grants.give({ camera }) });
  return window;
}
const rtsp = (url: string, transport: 'tcp' | 'udp' = 'tcp'): CameraSource => ({ kind: 'rtsp', url, transport });
const fragmentsOf = (window: PushWindow, channel = 1) => window.received.filter((whole) => whole.channel === channel && !whole.isInit);
const first = (room: GatewayRoom) => room.gateway.openSources()[0];

const account = { user: 'admin', password: 'ge:heim@42/%' };
const withAccount = (url: string, password = account.password) => url.replace('rtsp://', `rtsp://admin:${encodeURIComponent(password)}@`);

test.each([
  ['digest', 'tcp'],
  ['basic', 'tcp'],
  ['digest', 'udp'],
] as const)(
  'a camera with a %s password plays over %s, and no process of this machine can read the password',
  async (scheme, transport) => {
    const server = await startServer({ account: { ...account, scheme } });
    const room = await openRoom(rtsp(withAccount(server.url), transport));
    const window = await openWindow(room);
    await until(() => fragmentsOf(window).length >= 4);
    // The camera itself is a process here, and knows its own password.
    const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    const gatewayLines = lines.filter((line) => line.startsWith('ffmpeg '));
    expect(gatewayLines.some((line) => line.includes(' rtsp://127.0.0.1:'))).toBe(true);
    expect(gatewayLines.filter((line) => /heim|admin/.test(line))).toEqual([]);
    expect([first(room)?.reading?.transport, room.logLines.join('').includes('heim')]).toEqual([transport, false]);
  },
);

test('a wrong password is tried once, however often the tile is tried again, and a corrected one at once', async () => {
  const server = await startServer({ account: { ...account, scheme: 'digest' } });
  const shown: string[] = [];
  const note = (text: string) => {
    if (text.includes('Authorization:')) shown.push(text);
    return text;
  };
  const { port } = await between({ toPort: server.port, rewrite: note });
  let url = withAccount(server.url.replace(String(server.port), String(port)), 'falsch');
  const room = await openGatewayRoom({ sources: () => rtsp(url), limits: { restartMaxMs: 200, tellLostAfterMs: 200 } });
  closers.push(room.close);
  const window = await openWindow(room);
  await until(() => room.logLines.filter((line) => line.includes('cameras.wrongPassword')).length >= 8);
  expect([shown.length, room.changes]).toEqual([1, [{ cameraId: 'al-0001', source: 'lost', reason: 'refusedByCamera' }]]);
  url = withAccount(url.replace(/\/\/.*@/, '//'));
  await until(() => fragmentsOf(window).length >= 2);
  expect(room.changes.at(-1)?.source).toBe('normal');
});

test('a camera that takes no UDP, and one whose UDP is swallowed on the way, play over TCP and say so', async () => {
  const server = await startServer();
  const refusing = await startServer({ transport: 'tcp' });
  const deaf = await between({ toPort: server.port, rewrite: (text) => text.replace(/client_port=\d+-\d+/, 'client_port=9-9') });
  for (const url of [refusing.url, server.url.replace(String(server.port), String(deaf.port))]) {
    const room = await openRoom(rtsp(url, 'udp'), { silentUdpMs: 2_000 });
    const window = await openWindow(room);
    await until(() => fragmentsOf(window).length >= 2);
    expect(first(room)?.reading).toMatchObject({ protocol: 'rtsp', transport: 'tcp', isFallback: true });
  }
});

test('a certificate is believed when its address pins it, and by no other way', async () => {
  const server = await startServer();
  const { sha256, ...tls } = selfSigned();
  const { port } = await between({ toPort: server.port, tls });
  const url = `rtsps://127.0.0.1:${port}/stream`;
  const pinned = await openRoom(rtsp(`${url}#sha256=${sha256}`));
  const window = await openWindow(pinned);
  await until(() => fragmentsOf(window).length >= 2);
  for (const [address, code] of [
    [url, 'cameras.certificateUnknown'],
    [`${url}#sha256=${'00'.repeat(32)}`, 'cameras.certificateChanged'],
  ] as const) {
    const room = await openRoom(rtsp(address));
    await openWindow(room);
    await until(() => first(room)?.fault === code);
    expect(first(room)?.state).toBe('lost');
  }
});

test('a camera that freezes is lost within seconds and nobody else with it; thawed, it plays again', async () => {
  using stood = watchStandstills(slowFrom);
  const [one, two] = [await startServer(), await startServer()];
  const room = await openGatewayRoom({
    sources: (camera) => rtsp(camera === 'al-0001' ? one.url : two.url),
    // Longer than a busy machine may keep the other one's pictures from coming.
    limits: { tellLostAfterMs: 300, silentLostMs: 4_000 },
  });
  closers.push(room.close);
  const window = await openWindow(room, ['al-0001', 'al-0002']);
  await until(() => fragmentsOf(window, 1).length > 2 && fragmentsOf(window, 2).length > 2);
  one.freeze();
  await until(() => room.changes.some(({ source }) => source === 'lost'));
  one.thaw();
  await until(() => room.changes.at(-1)?.source === 'normal' && room.changes.length >= 4);
  expect(room.changes.filter(({ cameraId }) => cameraId === 'al-0002')).toEqual([{ cameraId: 'al-0002', source: 'normal' }]);
  expect(holesOf(window, { channel: 2, stood })).toBe(0);
});

// The same in each run: what noise happens to say must not decide.
const noise = Buffer.concat(Array.from({ length: 1_024 }, (_, at) => createHash('sha512').update(`noise ${at}`).digest()));
// A frame's mark with a length, and not what a length would say: this is how a camera's broken firmware looks on the wire.
const wrongFrames = Buffer.concat(Array.from({ length: 200 }, () => Buffer.concat([Buffer.from([0x24, 0, 0, 40]), noise.subarray(0, 40)])));

test.each([
  ['resets its connection', 'reset'],
  ['sends garbage', noise],
  ['sends frames of garbage', wrongFrames],
] as const)('a camera that %s in the middle of its stream plays again by itself, and another one has every picture', async (_what, how) => {
  using stood = watchStandstills(slowFrom);
  const [one, two] = [await startServer(), await startServer()];
  const { port, spoil, connections } = await between({ toPort: one.port });
  const room = await openGatewayRoom({
    sources: (camera) => rtsp(camera === 'al-0001' ? one.url.replace(String(one.port), String(port)) : two.url),
    // Longer than a busy machine may keep the other one's pictures from coming.
    limits: { restartMaxMs: 500, tellLostAfterMs: 300, silentLostMs: 4_000, silentRestartMs: 5_000 },
  });
  closers.push(room.close);
  const window = await openWindow(room, ['al-0001', 'al-0002']);
  await until(() => fragmentsOf(window, 1).length > 2 && fragmentsOf(window, 2).length > 2);
  spoil(how);
  const again = () => runsOf(window).slice(1).at(-1) ?? [];
  await until(() => again().length > 6);
  expect((await decodedPictures(Buffer.concat(again().map(({ bytes }) => bytes)))).complaints).toBe('');
  expect(connections()).toBeGreaterThan(1);
  expect(holesOf(window, { channel: 2, stood })).toBe(0);
  expect(room.changes.filter(({ cameraId }) => cameraId === 'al-0002')).toEqual([{ cameraId: 'al-0002', source: 'normal' }]);
});

test('a camera that changes its resolution goes on with a new init segment, and every picture of both decodes', async () => {
  const server = await startServer();
  const room = await openRoom(rtsp(server.url));
  const window = await openWindow(room);
  await until(() => fragmentsOf(window).length >= 6);
  server.resize(640, 480);
  await until(() => (runsOf(window)[1] ?? []).length >= 8);
  for (const part of runsOf(window)) {
    expect((await decodedPictures(Buffer.concat(part.map(({ bytes }) => bytes)))).complaints).toBe('');
  }
  expect(room.logLines.join('')).toContain('cameras.pictureChanged');
});

test('groups of twelve seconds: a second window has its first picture at once all the same', async () => {
  const server = await startServer({ gopFrames: 144 });
  const room = await openRoom(rtsp(server.url));
  const early = await openWindow(room);
  await until(() => fragmentsOf(early).length >= 12);
  const received = fragmentsOf(early).length;
  const late = await openWindow(room);
  await until(() => fragmentsOf(late).length >= received);
  expect([fragmentsOf(late)[0]?.isKey, fragmentsOf(early).filter(({ isKey }) => isKey).length]).toEqual([true, 1]);
});

test('an ffmpeg that is killed comes back by itself, and no other process changes', async () => {
  const server = await startServer();
  const room = await openRoom(rtsp(server.url));
  const window = await openWindow(room, ['al-0001', 'al-0002']);
  await until(() => fragmentsOf(window, 1).length > 2 && fragmentsOf(window, 2).length > 2);
  const [killed, other] = room.gateway.openSources();
  process.kill(killed!.processId!, 'SIGKILL');
  await until(() => (runsOf(window)[1] ?? []).length > 3);
  const [again, undisturbed] = room.gateway.openSources();
  expect([again!.processId === killed!.processId, undisturbed!.processId]).toEqual([false, other!.processId]);
});

test('a camera that believes it is the year 1900 plays all the same, and says so', async () => {
  const server = await startServer({ clock: 'boot' });
  const room = await openRoom(rtsp(server.url));
  const window = await openWindow(room);
  await until(() => fragmentsOf(window).some(({ sourceAtMs }) => sourceAtMs !== null));
  const proven = fragmentsOf(window).filter(({ sourceAtMs }) => sourceAtMs !== null);
  await until(() => fragmentsOf(window).length > proven.length + 20);
  expect(new Date(proven[0]!.sourceAtMs!).getUTCFullYear()).toBe(1900);
  expect(Math.abs(Date.now() - fragmentsOf(window).at(-1)!.arrivedAtMs)).toBeLessThan(10_000);
  expect(room.changes).toEqual([{ cameraId: 'al-0001', source: 'normal' }]);
});
