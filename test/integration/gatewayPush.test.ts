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

test('two windows that look at one camera share one process, which ends when both have left', async () => {
  const room = await openRoom({ limits: { idleStopMs: 300 } });
  const [first, second] = [await openWindow(room), await openWindow(room, 'window-2')];
  first.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  await until(() => fragmentsOf(first, 1).length > 0);
  const [before] = room.gateway.openSources();
  second.tell({ type: 'open', channel: 7, token: room.grants.give({ camera: 'al-0001', window: 'window-2' }) });
  await until(() => fragmentsOf(second, 7).length > 0);
  expect(fragmentsOf(second, 7)[0]).toMatchObject({ isKey: true, isAfterHole: false });
  // What flows goes on to be counted; it is one source, by the same process, never started again.
  const lasting = room.gateway.openSources().map(({ figures: _, ...each }) => each);
  expect(lasting).toMatchObject([{ processId: before?.processId, restarts: 0, viewers: 2, state: 'flowing' }]);
  first.tell({ type: 'close', channel: 1 });
  await second.close();
  await until(() => !isRunning(before?.processId));
  expect(room.gateway.openSources()).toEqual([]);
});

test('a window that never acknowledges gets at most its credit, and goes on at a key frame after a hole', async () => {
  const room = await openRoom();
  const [slow, quick] = [await openWindow(room), await openWindow(room, 'window-2')];
  slow.acknowledging('never');
  slow.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  quick.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001', window: 'window-2' }) });
  await until(() => (fragmentsOf(quick, 1).at(-1)?.mediaTime ?? 0) > 4);
  const got = fragmentsOf(slow, 1);
  const gotS = got.reduce((sum, { durationS }) => sum + durationS, 0);
  expect(gotS).toBeGreaterThan(1);
  expect(gotS).toBeLessThanOrEqual(1.5);
  slow.acknowledging('always');
  await until(() => fragmentsOf(slow, 1).length > got.length);
  expect(fragmentsOf(slow, 1)[got.length]).toMatchObject({ isKey: true, isAfterHole: true });
  const after = fragmentsOf(slow, 1)[got.length]!;
  expect(after.mediaTime).toBeGreaterThan(gotS);
  await until(() => fragmentsOf(slow, 1).length > got.length + 8);
  const resumed = [slow.received[0]!, ...fragmentsOf(slow, 1).slice(got.length)];
  expect((await decodedPictures(bytesOf(resumed))).complaints).toBe('');
});

test('large pictures of several cameras come in small pieces that take turns', async () => {
  const large = await loopClip({ bitrateKbps: 8_000 });
  closers.push(large.remove);
  const room = await openRoom({ sources: () => ({ kind: 'demo', loop: large.path }) });
  const window = await openWindow(room);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  window.tell({ type: 'open', channel: 2, token: room.grants.give({ camera: 'al-0002' }) });
  await until(() => fragmentsOf(window, 1).length > 4 && fragmentsOf(window, 2).length > 4);
  expect(window.largestPiece()).toBe(64 * 1024);
  const { complaints } = await decodedPictures(bytesOf(window.received.filter(({ channel }) => channel === 2)));
  expect(complaints).toBe('');
});

test('wrong tokens, tokens of another window and cameras without a source are refused, one like the other', async () => {
  const room = await openRoom();
  const window = await openWindow(room);
  window.tell({ type: 'open', channel: 1, token: 'x'.repeat(40) });
  window.tell({ type: 'open', channel: 2, token: room.grants.give({ camera: 'al-0001', window: 'window-2' }) });
  window.tell({ type: 'open', channel: 3, token: room.grants.give({ camera: 'unknown' }) });
  await until(() => window.notices.length === 3);
  expect(window.notices).toEqual([
    { type: 'refused', channel: 1, code: 'access.notAllowed' },
    { type: 'refused', channel: 2, code: 'access.notAllowed' },
    { type: 'refused', channel: 3, code: 'cameras.notConnected' },
  ]);
  expect(room.gateway.openSources()).toEqual([]);
});

test('a right that is taken away closes its stream at once and leaves the others', async () => {
  const room = await openRoom();
  const window = await openWindow(room);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  window.tell({ type: 'open', channel: 2, token: room.grants.give({ camera: 'al-0002' }) });
  await until(() => fragmentsOf(window, 1).length > 0 && fragmentsOf(window, 2).length > 0);
  room.grants.revoke('al-0001');
  await until(() => window.notices.some(({ type }) => type === 'closed'));
  expect(window.notices.find(({ type }) => type === 'closed')).toEqual({ type: 'closed', channel: 1, code: 'access.notAllowed' });
  const [first, second] = [fragmentsOf(window, 1).length, fragmentsOf(window, 2).length];
  await until(() => fragmentsOf(window, 2).length > second + 3);
  expect(fragmentsOf(window, 1)).toHaveLength(first);
});

test.each([
  ['says nothing', null, []],
  ['opens before it says hello', null, ['{"type":"close","channel":1}']],
  ['talks nonsense three times', 'window-1', ['{', '{"type":"record","channel":"constructor"}', Buffer.from([1, 2, 3])]],
  [
    'uses a channel number again and again',
    'window-1',
    Array.from({ length: 4 }, () => `{"type":"open","channel":1,"token":"${'x'.repeat(40)}"}`),
  ],
  ['floods', 'window-1', Array.from({ length: 60 }, () => '{"type":"ack","channel":9,"mediaTime":0,"bytes":0}')],
])('a socket that %s is closed', async (_what, window, messages) => {
  const room = await openRoom({ limits: { helloWithinMs: 300, maxMessagesPerSecond: 50 } });
  const opened = await openWindow(room, window);
  for (const message of messages) opened.tellRaw(message);
  await until(() => opened.closedWith() !== null);
  expect(opened.closedWith()).toBe(1008);
});

test('closing the gateway ends every socket and every process', async () => {
  const room = await openRoom();
  const window = await openWindow(room);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  window.tell({ type: 'open', channel: 2, token: room.grants.give({ camera: 'al-0002', quality: 'main' }) });
  await until(() => fragmentsOf(window, 1).length > 0 && fragmentsOf(window, 2).length > 0);
  const processIds = room.gateway.openSources().map(({ processId }) => processId);
  await room.gateway.close();
  expect(processIds.map(isRunning)).toEqual([false, false]);
  await until(() => window.closedWith() !== null);
  expect(window.closedWith()).toBe(1001);
});

function isRunning(processId: number | null | undefined): boolean {
  try {
    return process.kill(processId ?? 0, 0);
  } catch {
    return false;
  }
}

test('every look is told once when it begins and once when it ends, and why', async () => {
  const room = await openRoom();
  const [left, dropped] = [await openWindow(room), await openWindow(room)];
  for (const window of [left, dropped]) {
    for (const channel of [1, 2]) window.tell({ type: 'open', channel, token: room.grants.give({ camera: `al-000${channel}` }) });
  }
  await until(() => room.grants.views.length === 4);
  left.tell({ type: 'close', channel: 1 });
  await until(() => room.grants.views.length === 5);
  room.grants.revoke('al-0002');
  await until(() => room.grants.views.length === 7);
  dropped.vanish();
  await until(() => room.grants.views.length === 8);
  expect(room.grants.views.slice(0, 4).toSorted()).toEqual([1, 2, 3, 4].map((grant) => `opened grant-${grant}`));
  expect(room.grants.views.slice(4)).toEqual([
    'closed grant-1 closed',
    'closed grant-2 rightEnded',
    'closed grant-4 rightEnded',
    'closed grant-3 lost',
  ]);
});
