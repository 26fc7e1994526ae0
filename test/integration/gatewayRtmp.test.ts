import { connect } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { decodedPictures } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { openPushWindow, type PushWindow } from '#test/fakes/pushWindow.ts';
import { freePort, type RtmpPublisher, startRtmpPublisher } from '#test/fakes/rtmpPublisher.ts';
import { until } from '#test/fakes/until.ts';

let closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

const streamKey = 'drone-07-9f3kq2';

async function open(): Promise<{
  room: GatewayRoom;
  window: PushWindow;
  send: (key?: string, codec?: 'libx264' | 'flv1') => RtmpPublisher;
  port: number;
}> {
  const port = await freePort();
  const room = await openGatewayRoom({
    sources: () => ({ kind: 'rtmp', streamKey }),
    rtmp: { port, streamKeys: [streamKey] },
    limits: { restartMaxMs: 300, tellLostAfterMs: 300 },
  });
  closers.push(room.close);
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  const send = (key = streamKey, codec: 'libx264' | 'flv1' = 'libx264') => {
    const publisher = startRtmpPublisher(`rtmp://127.0.0.1:${port}/live/${key}`, { codec });
    closers.push(async () => {
      publisher.kill();
      await publisher.ended;
    });
    return publisher;
  };
  return { room, window, send, port };
}

const fragmentsOf = (window: PushWindow) => window.received.filter((whole) => !whole.isInit);
const faultOf = (room: GatewayRoom) => room.gateway.openSources()[0]?.fault;

test('a drone that sends plays, is lost when it lands, and plays again when it is back', async () => {
  const { room, window, send } = await open();
  await until(() => faultOf(room) === 'cameras.rtmpNobody');
  const first = send();
  await until(() => fragmentsOf(window).length >= 8);
  first.kill();
  await until(() => room.changes.at(-1)?.source === 'lost');
  const before = fragmentsOf(window).length;
  send();
  await until(() => fragmentsOf(window).length >= before + 8);
  const { pictures, complaints } = await decodedPictures(Buffer.concat(window.received.slice(-9).map(({ bytes }) => bytes)));
  expect([pictures > 0 || complaints === '', room.changes.at(-1)]).toEqual([true, { cameraId: 'al-0001', source: 'normal' }]);
});

test('a wrong key is refused in words that its sender sees, and counted in the log without the key', async () => {
  const { room, send } = await open();
  const stranger = send('drone-07-guessed');
  await stranger.ended;
  expect(stranger.complaints()).toContain('The stream key is wrong');
  expect(room.logLines.join('')).toContain('"why":"wrongKey","refused":1');
  expect(room.logLines.join('')).not.toContain('guessed');
});

test('one camera has one sender; one that froze gives way to the next', async () => {
  const { room, window, send } = await open();
  const first = send();
  await until(() => fragmentsOf(window).length >= 4);
  const second = send();
  await second.ended;
  expect(second.complaints()).toContain('Somebody else is sending');
  first.kill('SIGSTOP');
  await until(() => room.changes.at(-1)?.source === 'lost');
  const before = fragmentsOf(window).length;
  send();
  await until(() => fragmentsOf(window).length >= before + 4);
  expect(room.changes.at(-1)?.source).toBe('normal');
});

test('pictures that no window plays, and bytes that are not RTMP, are told by name and harm nobody', async () => {
  const { room, port, send } = await open();
  send(streamKey, 'flv1');
  await until(() => faultOf(room) === 'cameras.rtmpCodec');
  for (const bytes of [
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
    Buffer.alloc(70_000, 0xff),
    Buffer.concat([Buffer.from([3]), Buffer.alloc(9_000, 0xff)]),
  ]) {
    const socket = connect({ port, host: '127.0.0.1' }).on('error', () => {});
    socket.write(bytes);
    await once(socket.resume(), 'close');
  }
  expect(room.gateway.openSources()).toHaveLength(1);
});
