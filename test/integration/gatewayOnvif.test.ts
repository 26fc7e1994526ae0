import { afterEach, expect, test } from 'vitest';
import { startOnvifDevice } from '#platform/cameras/gateway/testing/onvifDevice.ts';
import { openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { openPushWindow } from '#test/fakes/pushWindow.ts';
import { startRtspServer } from '#test/fakes/rtspServer.ts';
import { until } from '#test/fakes/until.ts';

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

const account = { user: 'admin', password: 'geheim-42' };

test('a camera that is known by its address alone tells where it plays, with its password and an hour off the clock, and plays', async () => {
  const camera = await startRtspServer({ account: { ...account, scheme: 'digest' } });
  closers.push(camera.kill);
  const device = await startOnvifDevice({ lock: 'nameToken', ...account, rtspUrl: camera.url, clockOffsetMs: 3_600_000 });
  closers.push(device.close);
  const url = device.url.replace('onvif://', `onvif://${account.user}:${account.password}@`);
  const room = await openGatewayRoom({ sources: () => ({ kind: 'onvif', url, transport: 'tcp' }) });
  closers.push(room.close);
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  await until(() => window.received.length > 4);
  const [source] = room.gateway.openSources();
  expect(source).toMatchObject({ state: 'flowing', fault: null, reading: { protocol: 'onvif', transport: 'tcp' } });
  // Its answer may lie about for a while on a busy machine.
  expect(Math.abs((source?.reading?.deviceClockOffsetMs ?? 0) - 3_600_000)).toBeLessThan(60_000);
  expect(room.logLines.join('')).not.toContain(account.password);
});

test('a device that sends its pictures elsewhere is refused by name', async () => {
  const device = await startOnvifDevice({ rtspUrl: 'rtsp://169.254.169.254/latest' });
  closers.push(device.close);
  const room = await openGatewayRoom({
    sources: () => ({ kind: 'onvif', url: device.url, transport: 'tcp' }),
    limits: { tellLostAfterMs: 100 },
  });
  closers.push(room.close);
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  await until(() => room.changes.length === 1);
  expect([room.changes[0], room.gateway.openSources()[0]?.fault]).toEqual([
    { cameraId: 'al-0001', source: 'lost', reason: 'refusedByCamera' },
    'cameras.urlAddressNotConfigured',
  ]);
});
