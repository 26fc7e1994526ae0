import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { pino } from 'pino';
import { afterEach, expect, test } from 'vitest';
import { whepLimits } from '#contract/cameras/index.ts';
import { CameraId, WindowId } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';
import { privateNetworks } from '../../checkSourceUrl.ts';
import { createPasswordTries } from '../../device/passwordTries.ts';
import { startForeignServer } from '../../testing/foreignServer.ts';
import { createHandTimers } from '../../testing/handTimers.ts';
import { createWhepSessions, handleWhep } from './index.ts';
import { checkAnswer, checkOffer } from './sdp.ts';

let closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  closers = [];
});

const fingerprint = `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`;
const describe = (...media: readonly string[]) =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', fingerprint, 'a=ice-ufrag:abcd', `a=ice-pwd:${'p'.repeat(22)}`, ...media, ''].join(
    '\r\n',
  );
const offer = describe('m=video 9 UDP/TLS/RTP/SAVPF 96', 'c=IN IP4 0.0.0.0', 'a=recvonly');
const candidate = (address: string, more = '') => `a=candidate:1 1 udp 2130706431 ${address} 8189 typ host${more}`;
const answer = describe(
  'm=video 9 UDP/TLS/RTP/SAVPF 96',
  'c=IN IP4 10.0.0.9',
  'a=sendonly',
  candidate('10.0.0.9'),
  candidate('169.254.169.254'),
);

/** A relay before a camera that answers as a test says; `token-…` opens al-0001 for window w1, other tokens w2. */
async function open({
  say = answer,
  status = 201,
  location = '/cam/whep/session-1',
  networks = { ...privateNetworks, loopback: 'allowed' as const },
} = {}) {
  const asked: string[] = [];
  const camera = await startForeignServer((path, { request, response }) => {
    asked.push(`${request.method} ${path} ${request.headers.authorization ?? ''}`.trim());
    const isShown = request.headers.authorization === `Basic ${Buffer.from('admin:geheim-42').toString('base64')}`;
    if (!isShown) return void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="a"' }).end();
    response.writeHead(request.method === 'DELETE' ? 200 : status, { Location: location }).end(say);
  });
  const hand = createHandTimers();
  const views: string[] = [];
  const rights = { isAllowed: true };
  const grantOf = (token: string): OpenedGrant => ({
    ...{ cameraId: CameraId.parse('al-0001'), quality: 'main', grantId: token.slice(0, 8) },
    windowId: WindowId.parse(token.startsWith('token-w2') ? 'w2' : 'w1'),
  });
  const grants: MediaGrants = {
    redeem: (token) => (token.startsWith('token-') ? grantOf(token) : null),
    isStillAllowed: () => rights.isAllowed,
    viewOpened: async ({ grantId }) => views.push(`opened ${grantId}`) > 0,
    viewClosed: ({ grantId }, why) => void views.push(`closed ${grantId} ${why}`),
    onRightsChanged: () => () => {},
  };
  const sessions = createWhepSessions({ grants, timers: hand.timers, maxSessions: 2 });
  const url = `${camera.url.replace('//', '//admin:geheim-42@')}/cam/whep`;
  const ports = {
    ...{ grants, sessions, networks, trust: { authorities: [] }, tries: createPasswordTries(hand), log: pino({ level: 'silent' }) },
    sources: { sourceOf: () => ({ kind: 'whep', url }) as const },
  };
  const server = createServer((request, response) => void handleWhep({ request, response, ports })).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(camera.close, async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = async (path: string, { method = 'POST', token = `token-${'1'.repeat(32)}`, body = offer, type = 'application/sdp' } = {}) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    return await fetch(`${base}${path}`, { method, headers, ...(body === '' ? {} : { body }) });
  };
  return { ...hand, asked, views, rights, sessions, ask };
}
const path = '/media/whep/al-0001/main';

test("a window gets the camera's answer, without its password and without addresses that are no camera's", async () => {
  const { ask, asked, views } = await open();
  const told = await ask(path);
  const sdp = await told.text();
  expect([told.status, told.headers.get('location')?.startsWith(`${path}/`), views]).toEqual([201, true, ['opened token-11']]);
  expect(sdp).toContain('10.0.0.9 8189');
  expect(sdp).not.toMatch(/169\.254|geheim|admin/);
  expect(asked.map((each) => each.split(' ').slice(0, 2).join(' '))).toEqual(['POST /cam/whep', 'POST /cam/whep']);
});

test('a view lasts as long as its window says so, and is hung up at the camera when it ends', async () => {
  const { ask, asked, views, advanceMs } = await open();
  const location = (await ask(path)).headers.get('location') ?? '';
  advanceMs(whepLimits.renewWithinMs - 1);
  expect((await ask(location, { body: '', token: `token-${'2'.repeat(32)}` })).status).toBe(204);
  advanceMs(whepLimits.renewWithinMs - 1);
  expect(views).toEqual(['opened token-11']);
  expect((await ask(location, { body: '', token: `token-w2-${'2'.repeat(32)}` })).status).toBe(404);
  expect((await ask(location, { body: '', method: 'DELETE' })).status).toBe(204);
  expect((await ask(location, { body: '' })).status).toBe(404);
  await expect.poll(() => asked.some((each) => each.startsWith('DELETE /cam/whep/session-1 Basic'))).toBe(true);
  expect(views).toEqual(['opened token-11', 'closed token-11 closed']);
});

test('a window that says nothing more is lost, a right that is gone ends its view', async () => {
  const { ask, views, advanceMs, rights, sessions } = await open();
  await ask(path);
  advanceMs(whepLimits.renewWithinMs);
  expect(views.at(-1)).toBe('closed token-11 lost');
  await ask(path);
  rights.isAllowed = false;
  sessions.recheck();
  expect(views.at(-1)).toBe('closed token-11 rightEnded');
  expect((await ask(path)).status).toBe(401);
});

test.each([
  ['another camera', { at: '/media/whep/al-0002/main' }, 403],
  ['another quality', { at: '/media/whep/al-0001/sub' }, 403],
  ['no token', { at: path, token: 'nothing' }, 401],
  ['a path upwards', { at: '/media/whep/..%2f/main' }, 404],
  ['reading', { at: path, method: 'GET', body: '' }, 405],
  ['another type', { at: path, type: 'text/plain' }, 400],
  ['a megabyte', { at: path, body: `${offer}${'a=x\r\n'.repeat(200_000)}` }, 400],
  ['no description', { at: path, body: 'hello' }, 400],
] as const)('asking with %s opens nothing', async (_what, { at, ...how }, status) => {
  const { ask, views, asked } = await open();
  expect([(await ask(at, how)).status, views, asked]).toEqual([status, [], []]);
});

test.each([
  ['refuses', { status: 404 }, 'cameras.whepStatus'],
  ['redirects to a metadata service', { status: 307, location: 'http://169.254.169.254/' }, 'cameras.redirected'],
  ['answers a megabyte', { say: 'v=0\r\n'.repeat(300_000) }, 'cameras.answerTooLarge'],
  ['answers with a page', { say: '<html>' }, 'cameras.sdpMalformed'],
  [
    'names only addresses that are no cameras',
    { say: describe('m=video 9 RTP 96', candidate('8.8.8.8'), candidate('a.local')) },
    'cameras.sdpNoCandidates',
  ],
  ['lies where no camera may be', { networks: privateNetworks }, 'cameras.urlAddressNotConfigured'],
])('a camera that %s is refused by name, and nothing counts as looked at', async (_what, how, code) => {
  const { ask, views } = await open(how as Parameters<typeof open>[0]);
  const told = await ask(path);
  expect([told.status >= 400, told.headers.get('x-refusal-code'), views]).toEqual([true, code, []]);
});

test('the end is told to the server that answered and to no other', async () => {
  const { ask, asked } = await open({ location: 'http://127.0.0.2:1/steal' });
  const location = (await ask(path)).headers.get('location') ?? '';
  await ask(location, { method: 'DELETE', body: '' });
  expect(asked.filter((each) => each.startsWith('DELETE'))).toEqual([]);
});

test('an offer that would send, has no key, an empty one or ten thousand lines is none', () => {
  const codeOf = (text: string) => {
    const checked = checkOffer(text);
    return checked.ok ? 'passed' : checked.refusal.code;
  };
  expect([
    codeOf(offer),
    codeOf(offer.replace('recvonly', 'sendrecv')),
    codeOf(offer.replace('a=recvonly\r\n', '')),
    codeOf(offer.replace(fingerprint, 'a=fingerprint:')),
    codeOf(offer.replace(`${fingerprint}\r\n`, '')),
    codeOf(offer + 'a=rtpmap:96 x\r\n'.repeat(10_000)),
    codeOf(offer.replace('m=video', 'm=audio')),
  ]).toEqual(['passed', 'cameras.sdpSends', 'cameras.sdpSends', ...Array.from({ length: 4 }, () => 'cameras.sdpMalformed')]);
});

test('a reflected address counts like the one that it stands for', () => {
  const text = describe(
    'm=video 9 RTP 96',
    candidate('10.0.0.9', ' raddr 169.254.169.254 rport 1'),
    candidate('10.0.0.8', ' raddr 10.0.0.7 rport 1'),
  );
  const checked = checkAnswer(text, privateNetworks);
  expect(checked.ok && [checked.value.includes('10.0.0.9'), checked.value.includes('10.0.0.8')]).toEqual([false, true]);
});
