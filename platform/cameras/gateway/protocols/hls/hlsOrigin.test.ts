import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createPasswordTries } from '../../device/passwordTries.ts';
import { type ForeignServer, startForeignServer } from '../../testing/foreignServer.ts';
import { createHandTimers } from '../../testing/handTimers.ts';
import { createHlsOrigin } from './hlsOrigin.ts';

const servers: ForeignServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

type Files = Readonly<Record<string, string | ((response: ServerResponse) => void)>>;

async function open(files: Files, { path = '/live/a.m3u8', account = '' } = {}) {
  const server = await startForeignServer((asked, { request, response }) => {
    const file = files[asked.split('?')[0] ?? ''];
    if (account !== '' && request.headers.authorization !== `Basic ${Buffer.from(account).toString('base64')}`) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="a"' }).end();
    } else if (file === undefined) response.writeHead(404).end();
    else if (typeof file === 'string') response.end(file);
    else file(response);
  });
  servers.push(server);
  const hand = createHandTimers();
  const networks = { cidrs: [], loopback: 'allowed' } as const;
  const ports = { networks, clock: hand.clock, trust: { authorities: [] }, tries: createPasswordTries(hand) };
  const url = `${server.url.replace('//', account === '' ? '//' : `//${account}@`)}${path}`;
  return { ...hand, server, origin: createHlsOrigin({ url, quality: 'main' }, ports) };
}

const playlist = (...lines: string[]) => ['#EXTM3U', '#EXT-X-TARGETDURATION:2', ...lines, ''].join('\n');
const live = playlist('#EXTINF:2.0,', 'seg/1.ts?t=a', '#EXTINF:2.0,', '/live/seg/2.ts');

test('segments are fetched once for everybody, under numbers of our own', async () => {
  const { origin, server } = await open({ '/live/a.m3u8': live, '/live/seg/1.ts': 'first', '/live/seg/2.ts': 'second' });
  const [told, again] = await Promise.all([origin.playlist(), origin.playlist()]);
  expect(told).toEqual(again);
  expect(told.ok && told.value.segments.map(({ number, durationS }) => [number, durationS])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  const bodies = await Promise.all([origin.segment(1), origin.segment(1), origin.segment(2)]);
  expect(bodies.map((body) => body?.ok && body.value.toString())).toEqual(['first', 'first', 'second']);
  expect(server.asked).toEqual(['/live/a.m3u8', '/live/seg/1.ts?t=a', '/live/seg/2.ts']);
});

test('numbers go on when the server starts its own anew, and old ones are forgotten', async () => {
  let first = 1;
  const answer = (response: ServerResponse) =>
    response.end(playlist(...[0, 1, 2].flatMap((step) => ['#EXTINF:2,', `run-${first > 20 ? 'b' : 'a'}/${first + step}.ts`])));
  const { origin, advanceMs } = await open({ '/live/a.m3u8': answer });
  const seen: number[] = [];
  for (; first < 30; first += 1) {
    const told = await origin.playlist();
    if (told.ok) seen.push(...told.value.segments.map(({ number }) => number));
    advanceMs(1_000);
  }
  expect(seen.every((number, at) => at < 3 || number >= seen[at - 3]!)).toBe(true);
  expect(origin.segment(1)).toBe(null);
});

test('of several variants the widest is main, and name and password go along on the same host only', async () => {
  const master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100\nlow.m3u8\n#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=1,BANDWIDTH=900\nhigh.m3u8\n';
  const { origin, server } = await open({ '/live/a.m3u8': master, '/live/high.m3u8': live }, { account: 'u:p' });
  expect(await origin.playlist()).toMatchObject({ ok: true, value: { targetS: 2 } });
  expect(new Set(server.asked)).toEqual(new Set(['/live/a.m3u8', '/live/high.m3u8']));
});

const endless = (response: ServerResponse) => {
  const more = () => {
    while (!response.destroyed) if (!response.write('#EXTINF:2,\na.ts\n'.repeat(4_000))) return void response.once('drain', more);
  };
  response.write('#EXTM3U\n');
  more();
};
const to = (location: string) => (response: ServerResponse) => void response.writeHead(302, { Location: location }).end();

test.each<[string, string | ((response: ServerResponse) => void), string]>([
  ['never ends', endless, 'cameras.answerTooLarge'],
  ['has more lines than a day has seconds', `#EXTM3U\n${'#\n'.repeat(30_000)}`, 'cameras.hlsTooLong'],
  ['has segments of no duration', playlist('#EXTINF:0,', 'a.ts'), 'cameras.hlsNoDuration'],
  ['has segments of an hour', playlist('#EXTINF:3600,', 'a.ts'), 'cameras.hlsNoDuration'],
  ['says nothing of durations', playlist('a.ts'), 'cameras.hlsNoDuration'],
  ['is a page', '<html>', 'cameras.hlsNotAPlaylist'],
  ['is encrypted', playlist('#EXT-X-KEY:METHOD=AES-128,URI="k"', '#EXTINF:2,', 'a.ts'), 'cameras.hlsEncrypted'],
  ['names a metadata service', playlist('#EXTINF:2,', 'http://169.254.169.254/latest'), 'cameras.urlAddressNotConfigured'],
  ['names a file', playlist('#EXTINF:2,', 'file:///etc/passwd'), 'cameras.urlScheme'],
  ['names another host without a number', playlist('#EXTINF:2,', '//cdn.example/a.ts'), 'cameras.urlAddressNotLiteral'],
  [
    'takes its start from a metadata service',
    playlist('#EXT-X-MAP:URI="http://169.254.169.254/"', '#EXTINF:2,', 'a.m4s'),
    'cameras.urlAddressNotConfigured',
  ],
  ['redirects to a metadata service', to('http://169.254.169.254/latest'), 'cameras.urlAddressNotConfigured'],
  ['redirects to another scheme', to('gopher://127.0.0.1/'), 'cameras.urlScheme'],
  ['redirects in a circle', to('/live/a.m3u8'), 'cameras.redirected'],
  ['is not there', (response) => void response.writeHead(404).end(), 'cameras.hlsStatus'],
  ['breaks off', half, 'cameras.answerTruncated'],
  ['has a variant in a variant', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n', 'cameras.hlsNotAPlaylist'],
])('a playlist that %s is refused by name', async (_what, file, code) => {
  const { origin } = await open({ '/live/a.m3u8': file });
  const told = await origin.playlist();
  expect(told.ok ? 'relayed' : told.refusal.code).toBe(code);
});

test('a segment that breaks off is told as such and asked again by the next one', async () => {
  const { origin, server } = await open({ '/live/a.m3u8': live, '/live/seg/2.ts': half });
  await origin.playlist();
  for (let time = 0; time < 2; time += 1) expect(await origin.segment(2)).toMatchObject({ refusal: { code: 'cameras.answerTruncated' } });
  expect(server.asked.filter((path) => path.endsWith('2.ts'))).toHaveLength(2);
});

function half(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': '5000' });
  response.write('#EXTM3U\n');
  setImmediate(() => response.destroy());
}
