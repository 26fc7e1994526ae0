import { afterEach, expect, test } from 'vitest';
import { decodedPictures } from '#test/fakes/ffmpegTool.ts';
import { type GatewayRoom, openGatewayRoom } from '#test/fakes/gatewayRoom.ts';
import { type HlsOriginServer, startHlsOrigin } from '#test/fakes/hlsOrigin.ts';
import { openPushWindow, type PushWindow, runsOf } from '#test/fakes/pushWindow.ts';
import { until } from '#test/fakes/until.ts';

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

async function open(segments: 'mpegts' | 'fmp4'): Promise<{ origin: HlsOriginServer; room: GatewayRoom }> {
  const origin = await startHlsOrigin({ segments });
  closers.push(origin.close);
  const room = await openGatewayRoom({
    sources: () => ({ kind: 'hls', url: origin.url }),
    limits: { restartMaxMs: 500, tellLostAfterMs: 200 },
  });
  closers.push(room.close);
  return { origin, room };
}

async function openWindow(room: GatewayRoom): Promise<PushWindow> {
  const window = await openPushWindow({ url: room.pushUrl });
  closers.push(window.close);
  window.tell({ type: 'open', channel: 1, token: room.grants.give({ camera: 'al-0001' }) });
  return window;
}

const fragmentsOf = (window: PushWindow) => window.received.filter((whole) => !whole.isInit);

test.each(['mpegts', 'fmp4'] as const)('a foreign HLS stream of %s plays by push, evenly, and by HLS, through us', async (segments) => {
  const { room } = await open(segments);
  const window = await openWindow(room);
  await until(() => fragmentsOf(window).length >= 24);
  const { pictures, complaints } = await decodedPictures(Buffer.concat(window.received.map(({ bytes }) => bytes)));
  expect([pictures > 48, complaints]).toEqual([true, '']);
  // Segments are a second long: what comes in bursts of them is not even.
  const gaps = fragmentsOf(window)
    .slice(4)
    .map(({ arrivedAtMs }, at, all) => arrivedAtMs - (all[at - 1]?.arrivedAtMs ?? arrivedAtMs));
  expect(gaps.filter((gapMs) => gapMs > 20).length).toBeGreaterThan(gaps.length / 2);

  const headers = { authorization: `Bearer ${room.grants.give({ camera: 'al-0001' })}` };
  const base = `${room.httpUrl}/media/hls/al-0001/sub`;
  const playlist = await fetch(`${base}/index.m3u8`, { headers });
  const text = await playlist.text();
  const files = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const init = /MAP:URI="([^"]+)"/.exec(text)?.[1];
  const bytes: Buffer[] = [];
  for (const file of [...(init === undefined ? [] : [init]), ...files.slice(-2)]) {
    const answer = await fetch(`${base}/${file}`, { headers });
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, segments === 'fmp4' ? 'video/mp4' : 'video/mp2t']);
    bytes.push(Buffer.from(await answer.arrayBuffer()));
  }
  expect(text).toContain('#EXT-X-PROGRAM-DATE-TIME:');
  expect(files.every((file) => /^seg-\d+\.m4s$/.test(file))).toBe(true);
  expect((await decodedPictures(Buffer.concat(bytes), segments === 'fmp4' ? 'mp4' : 'mpegts')).pictures).toBeGreaterThanOrEqual(20);
});

test('a foreign stream that stands still is lost by name, and plays on when it goes on', async () => {
  const { origin, room } = await open('mpegts');
  const window = await openWindow(room);
  await until(() => fragmentsOf(window).length >= 4);
  origin.freeze();
  await until(() => room.changes.some(({ source }) => source === 'lost'));
  await until(() => room.gateway.openSources()[0]?.fault === 'cameras.hlsStuck');
  // It is started again and again, and each start finds nothing but what was shown.
  await until(() => room.logLines.filter((line) => line.includes('cameras.hlsStuck')).length >= 4);
  expect(room.changes.at(-1)).toEqual({ cameraId: 'al-0001', source: 'lost', reason: 'noData' });
  const runsBefore = runsOf(window).length;
  origin.thaw();
  await until(() => room.changes.at(-1)?.source === 'normal');
  await until(() => runsOf(window).length > runsBefore && (runsOf(window).at(-1)?.length ?? 0) > 4);
  // Each picture of the origin is another one: what was shown once is not shown again as if it were new.
  const runs = runsOf(window).map(async (run) => await decodedPictures(Buffer.concat(run.map(({ bytes }) => bytes))));
  const hashes = (await Promise.all(runs)).flatMap((run) => run.hashes);
  expect([hashes.length > 24, hashes.filter((hash, at) => hashes.indexOf(hash) !== at)]).toEqual([true, []]);
});

test('a foreign server that is gone is told by name to an HLS player', async () => {
  const room = await openGatewayRoom({ sources: () => ({ kind: 'hls', url: 'http://127.0.0.1:1/a.m3u8' }) });
  closers.push(room.close);
  const headers = { authorization: `Bearer ${room.grants.give({ camera: 'al-0001' })}` };
  const answer = await fetch(`${room.httpUrl}/media/hls/al-0001/sub/index.m3u8`, { headers });
  expect([answer.status, answer.headers.get('x-refusal-code')]).toEqual([502, 'cameras.deviceUnreachable']);
});
