import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { decodedPictures, loopClip } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { openPushWindow, type PushWindow, type Received } from '#test/fakes/pushWindow.ts';
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

async function openWindow(room: GatewayRoom, window: string | null = 'window-1'): Promise<PushWindow> {
  const opened = await openPushWindow({ url: room.pushUrl, window });
  closers.push(opened.close);
  return opened;
}

const fragmentsOf = (window: PushWindow, channel: number) => window.received.filter((whole) => whole.channel === channel && !whole.isInit);
const bytesOf = (wholes: readonly Received[]) => Buffer.concat(wholes.map((whole) => whole.bytes));

test('a window that opens a camera gets pieces that decode to its pictures', async () => {
  const room = await openRoom();
  const window = await openWindow(room);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  await until(() => fragmentsOf(window, 1).length >= 12);
  const { pictures, complaints } = await decodedPictures(bytesOf(window.received));
  expect(complaints).toBe('');
  expect(pictures).toBeGreaterThanOrEqual(12 * 2);
  expect(window.notices).toEqual([
    {
      type: 'opened',
      channel: 1,
      cameraId: 'al-0001',
      quality: 'sub',
      mimeType: expect.stringMatching(/^video\/mp4; codecs="avc1\.[0-9a-f]{6}"$/),
    },
    { type: 'source', channel: 1, source: { kind: 'flowing' } },
  ]);
  expect(window.received[0]).toMatchObject({ isInit: true, isAfterHole: false });
  expect(window.received[1]).toMatchObject({ isKey: true, isAfterHole: false, mediaTime: 0, sourceAtMs: null });
});
