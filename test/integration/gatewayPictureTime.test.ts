import { afterEach, expect, test } from 'vitest';
import { pushLimits, type TileState, tileState } from '#contract/cameras/index.ts';
import { createTimeline } from '#renderer/cameras/players/timeline.ts';
import { startBetween } from '#test/fakes/betweenSockets.ts';
import { openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { openPushWindow, type PushWindow } from '#test/fakes/pushWindow.ts';
import { startRtspServer } from '#test/fakes/rtspServer.ts';
import { until } from '#test/fakes/until.ts';

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

/** What a tile would claim of the newest picture at the moment in which it came, by the window's own rules. */
function tileOf({ received, notices }: PushWindow): TileState {
  const timeline = createTimeline();
  const fragments = received.filter(({ isInit }) => !isInit);
  timeline.add(fragments);
  for (const notice of notices) if (notice.type === 'clock') timeline.tellOffset(notice.offsetMs);
  const last = fragments.at(-1)!;
  const lastFrame = { shownAtMs: last.arrivedAtMs, ...timeline.pictureAt(last.mediaTime)! };
  const evidence = { openedAtMs: 0, lastFrame, source: { kind: 'flowing' }, cameraLostSinceMs: null, refusedCode: null } as const;
  return tileState({ evidence, limits: pushLimits, nowMs: last.arrivedAtMs });
}

test('a camera that lies about the time is live, and said to be wrong; when its pictures come later and later it is stale', async () => {
  const server = await startRtspServer({ clock: 'boot' });
  closers.push(server.kill);
  let slowSinceMs: number | null = null;
  // A line that brings half of what it gets: the delay grows by half a second each second, and no picture is lost.
  const delayMs = () => (slowSinceMs === null ? 0 : (Date.now() - slowSinceMs) / 2);
  const between = await startBetween({ toPort: server.port, delayMs });
  closers.push(between.close);
  const url = server.url.replace(String(server.port), String(between.port));
  const room = await openGatewayRoom({ sources: () => ({ kind: 'rtsp', url, transport: 'tcp' }) });
  closers.push(room.close);
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });

  await until(() => room.clocks.length > 0 && window.notices.some(({ type }) => type === 'clock'));
  await until(() => (window.received.at(-1)?.sourceAtMs ?? null) !== null);
  await until(() => tileOf(window).kind === 'live');
  expect(tileOf(window)).toMatchObject({ kind: 'live', clock: 'source' });
  expect(room.clocks).toEqual([{ cameraId: 'al-0001', clock: 'wrong', offsetMs: expect.any(Number) }]);
  const century = 100 * 365 * 24 * 60 * 60_000;
  expect(room.gateway.openSources()[0]?.figures.clockOffsetMs).toBeGreaterThan(century);

  slowSinceMs = Date.now();
  await until(() => tileOf(window).kind !== 'live');
  expect(tileOf(window)).toMatchObject({ kind: 'stale', reason: 'delayed' });
  expect(room.gateway.openSources()[0]).toMatchObject({ state: 'flowing', restarts: 0 });
  expect(room.gateway.openSources()[0]?.figures.delayMs).toBeGreaterThan(pushLimits.maxPictureAgeMs - 500);
  expect(room.changes).toEqual([{ cameraId: 'al-0001', source: 'normal' }]);
});
