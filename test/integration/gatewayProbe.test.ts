import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { gradeOf, type MeasuredStream, type StreamProbe, type StreamQuality } from '#contract/cameras/index.ts';
import { CameraId } from '#contract/values/index.ts';
import type { CameraSource } from '#platform/cameras/ports.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { openPushWindow, type PushWindow } from '#test/fakes/pushWindow.ts';
import { type RtspServer, startRtspServer } from '#test/fakes/rtspServer.ts';
import { until } from '#test/fakes/until.ts';

const cameraId = CameraId.parse('al-0001');
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

type More = Pick<Parameters<typeof openGatewayRoom>[0], 'limits' | 'transcoding'>;

async function openRoom(sources: (quality: StreamQuality) => CameraSource | null, more: More = {}): Promise<GatewayRoom> {
  const room = await openGatewayRoom({ ...more, sources: (_camera, quality) => sources(quality) });
  closers.push(room.close);
  return room;
}

const rtsp = (url: string, transport: 'tcp' | 'udp' = 'tcp') => ({ kind: 'rtsp', url, transport }) as const;

async function probed(room: GatewayRoom, quality: StreamQuality = 'sub'): Promise<StreamProbe> {
  const probe = await room.gateway.probe(cameraId, quality);
  if (!probe.ok) throw new Error(probe.refusal.code);
  return probe.value;
}

async function measured(room: GatewayRoom): Promise<MeasuredStream> {
  const probe = await probed(room);
  if (probe.outcome !== 'measured') throw new Error(JSON.stringify(probe));
  return probe;
}

async function openWindow(room: GatewayRoom): Promise<PushWindow> {
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: cameraId }) });
  return window;
}

const codes = (stream: StreamProbe) => gradeOf({ streams: [stream] }).remarks.map(({ code }) => code);

test('a camera with baseline pictures and sound: everything about it is found, and it is let go of', async () => {
  const server = await startServer({ profile: 'baseline', sound: 'pcma' });
  const room = await openRoom(() => rtsp(server.url));
  const probe = await measured(room);
  expect(probe).toMatchObject({
    ...{ outcome: 'measured', quality: 'sub', plays: 'asItIs', codec: 'h264', profile: 'Constrained Baseline' },
    ...{ widthPx: 320, heightPx: 240, sizes: 1, hasBFrames: false, audio: 'pcma', transport: 'tcp', isFallback: false },
    pictureTime: 'camera',
  });
  expect(probe.level).toMatch(/^\d\.\d$/);
  expect(probe.framesPerSecond).toBeCloseTo(12, 0);
  expect(probe.group).toMatchObject({ frames: 12, isAtLeast: false });
  expect(probe.bitsPerSecond).toBeGreaterThan(10_000);
  expect(Math.abs(probe.clockOffsetMs ?? Number.NaN)).toBeLessThan(5_000);
  expect([codes(probe), room.gateway.openSources()]).toEqual([[], []]);
});

test('pictures that wait for later ones and a high profile are named; a camera without sound has none', async () => {
  const server = await startServer({ profile: 'high', bFrames: 2 });
  const probe = await measured(await openRoom(() => rtsp(server.url)));
  expect([probe.profile, probe.hasBFrames, probe.audio, codes(probe)]).toEqual(['High', true, 'none', ['bFrames']]);
});

test('key frames twelve seconds apart are a smart codec', async () => {
  const server = await startServer({ gopFrames: 144 });
  const probe = await measured(await openRoom(() => rtsp(server.url)));
  expect(probe.group?.seconds).toBeGreaterThanOrEqual(10);
  expect(codes(probe)).toEqual(['smartCodec']);
});

test('H.265 is measured as the camera sends it, and nothing is encoded for that', async () => {
  const server = await startServer({ codec: 'h265' });
  const room = await openRoom(() => rtsp(server.url));
  const probe = await measured(room);
  expect(probe).toMatchObject({ plays: 'encoded', codec: 'hevc', profile: 'Main', hasBFrames: false, group: { frames: 12 } });
  expect(probe.framesPerSecond).toBeCloseTo(12, 0);
  expect([codes(probe), room.logLines.join('').includes('must be encoded')]).toEqual([['encoded'], false]);
});

test('where nothing may be encoded H.265 cannot be played, and the grade says so', async () => {
  const server = await startServer({ codec: 'h265' });
  const probe = await measured(await openRoom(() => rtsp(server.url), { transcoding: { cores: 0 } }));
  expect([probe.plays, gradeOf({ streams: [probe] }).grade]).toEqual(['notAtAll', 'unusable']);
});

test('a window that opens H.265 while it is measured sees it, encoded, by one connection after the other', async () => {
  const server = await startServer({ codec: 'h265' });
  const room = await openRoom(() => rtsp(server.url));
  const probing = probed(room);
  await until(() => room.gateway.openSources().some(({ figures }) => figures.lastPictureAtMs !== null));
  const window = await openWindow(room);
  await until(() => window.received.filter(({ isInit }) => !isInit).length > 4);
  expect(room.gateway.openSources().map(({ viewers, state }) => [viewers, state])).toEqual([[1, 'flowing']]);
  expect(await probing).toMatchObject({ outcome: 'measured', plays: 'encoded', codec: 'hevc', group: null, hasBFrames: null });
});

test('what a window already looks at is measured without another process, and goes on', async () => {
  const server = await startServer();
  const room = await openRoom(() => rtsp(server.url));
  const window = await openWindow(room);
  await until(() => window.received.length > 4);
  const [before] = room.gateway.openSources();
  const probe = await measured(room);
  const [after] = room.gateway.openSources();
  expect([probe.plays, probe.group?.frames, after?.processId, after?.viewers]).toEqual(['asItIs', 12, before?.processId, 1]);
  const received = window.received.length;
  await until(() => window.received.length > received + 4);
});

test('a picture that changes its size while it is looked at is told as one that does', async () => {
  const server = await startServer();
  const room = await openRoom(() => rtsp(server.url));
  const probing = measured(room);
  await until(() => room.gateway.openSources().some(({ figures }) => (figures.bitsPerSecond ?? 0) > 0));
  server.resize(640, 480);
  const probe = await probing;
  expect([probe.sizes, codes(probe)]).toEqual([2, ['variableSize']]);
});

test('a camera that is asked for over UDP and only has TCP is measured over that', async () => {
  const server = await startServer({ transport: 'tcp' });
  const probe = await measured(await openRoom(() => rtsp(server.url, 'udp')));
  expect([probe.transport, probe.isFallback, codes(probe)]).toEqual(['tcp', true, ['udpFallback']]);
});

test('a clock of the year 1900 is told with how far it is behind', async () => {
  const server = await startServer({ clock: 'boot' });
  const probe = await measured(await openRoom(() => rtsp(server.url)));
  expect([probe.pictureTime, codes(probe)]).toEqual(['camera', ['clockBehind']]);
});

test('a wrong password is tried once and named', async () => {
  const server = await startServer({ account: { user: 'admin', password: 'right-one', scheme: 'digest' } });
  const room = await openRoom(() => rtsp(server.url.replace('//', '//admin:wrong-one@')));
  const probe = await probed(room);
  expect(probe).toEqual({ outcome: 'failed', quality: 'sub', reason: 'refusedByCamera', code: 'cameras.wrongPassword' });
  expect([gradeOf({ streams: [probe] }).grade, room.logLines.filter((line) => line.includes('wrongPassword'))]).toMatchObject([
    'unusable',
    { length: 1 },
  ]);
});

async function startTcp(answer: (text: string) => string | null): Promise<string> {
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', (bytes) => {
        const said = answer(bytes.toString());
        if (said !== null) socket.write(said);
      });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => void server.close());
  return `rtsp://127.0.0.1:${(server.address() as AddressInfo).port}/stream`;
}

const soon = { firstFragmentMs: 1_000, probeFirstMs: 2_000, restartFirstMs: 100 };

test('a server that is silent, and one that answers with garbage, have failed within their time', async () => {
  const silent = await startTcp(() => null);
  expect(await probed(await openRoom(() => rtsp(silent), { limits: soon }))).toMatchObject({ outcome: 'failed', reason: 'noData' });
  const garbage = await startTcp(() => '\u0001\u0002 not a camera at all \r\n\r\n');
  // Told as soon as it is known, however long ffmpeg takes to start.
  expect(await probed(await openRoom(() => rtsp(garbage)))).toMatchObject({
    ...{ outcome: 'failed', reason: 'unplayable', code: 'cameras.notRtsp' },
  });
});

test('a camera that windows play themselves, and one that is not there, are not opened', async () => {
  const room = await openRoom((quality) => (quality === 'sub' ? { kind: 'whep', url: 'http://127.0.0.1:9/whep' } : null));
  expect(await probed(room)).toEqual({ outcome: 'windowOnly', quality: 'sub' });
  expect(await room.gateway.probe(cameraId, 'main')).toMatchObject({ ok: false, refusal: { code: 'cameras.notConnected' } });
  expect(room.gateway.openSources()).toEqual([]);
});
