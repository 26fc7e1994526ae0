import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import { BridgeOpened, bridgeLimits } from '#contract/bridge/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import type { Channel } from '#main/shell/index.ts';
import { type Admissions, createAdmissions } from './admissions.ts';
import { type BridgeSockets, createBridgeSockets } from './bridgeSockets.ts';
import { openWindowServer, type WindowServer } from './windowServer.ts';

const packHash = 'e'.repeat(64);
const windowId = 'wall-1' as WindowId;
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

let pagesFolder: string;
let admissions: Admissions;
let sockets: BridgeSockets;
let server: WindowServer;
let pending: { delayMs: number; run: () => void }[];
let channels: Channel[];
const timers: Timers = {
  afterMs: (delayMs, run) => {
    const timer = { delayMs, run };
    pending.push(timer);
    return () => void (pending = pending.filter((other) => other !== timer));
  },
};

beforeEach(async () => {
  pagesFolder = await mkdtemp(path.join(tmpdir(), 'commandwall-server-'));
  await writeFile(path.join(pagesFolder, 'wall.html'), '<p>wall');
  await mkdir(path.join(pagesFolder, 'map', packHash), { recursive: true });
  await writeFile(path.join(pagesFolder, 'map', packHash, 'roads.bin'), '0123456789');
  pending = [];
  channels = [];
  admissions = createAdmissions({ clock: { nowMs: () => 0 } });
  sockets = createBridgeSockets({ admissions, timers, log: silent });
  sockets.onChannel(windowId, (channel) => channels.push(channel));
  server = await openWindowServer({ pagesFolder, dataFolder: pagesFolder, platformUrl: 'http://127.0.0.1:8420', sockets, log: silent });
});
afterEach(async () => {
  await server.close();
  await rm(pagesFolder, { recursive: true, force: true });
});

const bridgeUrl = () => `${server.origin.replace('http', 'ws')}/bridge`;
const freshCode = () => admissions.issueCode({ windowId, validForMs: null });

/** A client that is no browser: it may claim any Host and Origin. */
function connect({ origin = server.origin, ...options }: ClientOptions = {}, url = bridgeUrl()): WebSocket {
  return new WebSocket(url, { origin, ...options });
}

/** Sends the first frame and tells what came of it. */
async function openWith(socket: WebSocket, first: string | Buffer): Promise<{ opened: BridgeOpened } | { closed: number }> {
  await once(socket, 'open');
  socket.send(first);
  return new Promise((resolve) => {
    socket.once('message', (bytes: Buffer) => resolve({ opened: BridgeOpened.parse(JSON.parse(bytes.toString())) }));
    socket.once('close', (closed: number) => resolve({ closed }));
    socket.on('error', () => {});
  });
}

async function admitted() {
  const socket = connect();
  const answer = await openWith(socket, JSON.stringify({ type: 'code', code: freshCode() }));
  if (!('opened' in answer)) throw new Error(`closed with ${answer.closed}`);
  return { socket, token: answer.opened.token };
}

/** The status of an upgrade that was refused before any frame. */
async function refusedWith(socket: WebSocket): Promise<number | string> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode ?? 0));
    socket.on('error', (error) => resolve(error.message));
    socket.on('open', () => resolve('opened'));
  });
}

async function statusOf(options: { path: string; headers?: Record<string, string>; method?: string }): Promise<number | undefined> {
  const asked = request(`${server.origin}${options.path}`, { method: options.method ?? 'GET', headers: options.headers ?? {} });
  asked.end();
  const [response] = await once(asked, 'response');
  response.resume();
  return response.statusCode;
}

test('the county pack is read in parts, by nobody who comes from another place', async () => {
  const packPath = `/map/pack/${packHash}/roads.bin`;
  const answer = await fetch(`${server.origin}${packPath}`, { headers: { range: 'bytes=3-5' } });
  expect([answer.status, answer.headers.get('content-range'), await answer.text()]).toEqual([206, 'bytes 3-5/10', '345']);
  expect(await statusOf({ path: packPath, headers: { origin: 'http://evil.example' } })).toBe(403);
  expect(await statusOf({ path: packPath, method: 'POST' })).toBe(405);
});

describe('the bridge socket', () => {
  test('a code opens it once and gives a token; the same code again gets nothing', async () => {
    const first = JSON.stringify({ type: 'code', code: freshCode() });
    const opened = await openWith(connect(), first);
    const replayed = await openWith(connect(), first);
    expect([opened, replayed, channels.length]).toEqual([
      { opened: { type: 'opened', token: expect.stringMatching(/^[\w-]{43}$/), windowId } },
      { closed: 4401 },
      1,
    ]);
  });

  test('a page that lost its socket comes back with its token; its earlier channel is closed by then', async () => {
    const { token } = await admitted();
    const order: string[] = [];
    channels[0]!.onClosed(() => order.push('earlier closed'));
    sockets.onChannel(windowId, () => order.push('later opened'));
    const answer = await openWith(connect(), JSON.stringify({ type: 'token', token }));
    expect([answer, order]).toEqual([{ opened: { type: 'opened', token, windowId } }, ['earlier closed', 'later opened']]);
  });

  test.each([
    ['a page of another origin', () => connect({ origin: 'http://evil.example' })],
    ['a page of another port', () => connect({ origin: 'http://127.0.0.1:1' })],
    ['a page that hides its origin', () => connect({ origin: 'null' })],
    ['a program without an origin', () => new WebSocket(bridgeUrl())],
    ['a name that was bound to this address', () => connect({ headers: { host: 'evil.example' } })],
    ['another name of this machine', () => connect({ headers: { host: new URL(server.origin).host.replace('127.0.0.1', 'localhost') } })],
    ['another path', () => connect({}, `${bridgeUrl()}/x`)],
  ])('%s gets nothing, even with a good code', async (_who, come) => {
    const code = freshCode();
    expect(await refusedWith(come())).toBe(403);
    // It never got as far as to use the code up.
    expect(await openWith(connect(), JSON.stringify({ type: 'code', code }))).toHaveProperty('opened');
  });

  test.each([
    ['no JSON', 'x'],
    ['a number', '1'],
    ['a made-up token', JSON.stringify({ type: 'token', token: 'x'.repeat(43) })],
    ['an unknown word', JSON.stringify({ type: 'code', code: 'x'.repeat(43), windowId })],
    ['a name that every object has', JSON.stringify({ type: 'token', token: '__proto__'.padEnd(32) })],
    ['bytes', Buffer.from([1, 2, 3])],
  ])('%s as the first frame gets no answer, only a closed socket', async (_what, frame) => {
    expect(await openWith(connect(), frame)).toEqual({ closed: 4401 });
  });

  test('a frame of 64 KiB is read, one byte more ends the socket unread', async () => {
    const { socket } = await admitted();
    const heard: number[] = [];
    channels[0]!.onFrame((frame) => heard.push(frame.length));
    const closed = once(socket, 'close');
    socket.send('x'.repeat(bridgeLimits.toMainBytes));
    socket.send('x'.repeat(bridgeLimits.toMainBytes + 1));
    const [code] = await closed;
    expect([code, heard]).toEqual([1009, [bridgeLimits.toMainBytes]]);
  });

  test('a stranger that sends 1 MiB as his first frame is cut off', async () => {
    expect(await openWith(connect(), 'x'.repeat(1024 * 1024))).toEqual({ closed: 1009 });
  });

  test('a page that floods is cut off at a bounded number of frames', async () => {
    const { socket } = await admitted();
    let heard = 0;
    channels[0]!.onFrame(() => (heard += 1));
    const closed = once(socket, 'close');
    for (let frame = 0; frame < 5000; frame += 1) socket.send('x');
    const [code] = await closed;
    expect([code, heard]).toEqual([4429, 2000]);
  });

  test('whoever opens a socket and says nothing is sent away after five seconds', async () => {
    const socket = connect();
    await once(socket, 'open');
    const deadline = await waitFor(() => pending.find(({ delayMs }) => delayMs === 5000));
    const closed = once(socket, 'close');
    deadline.run();
    expect((await closed)[0]).toBe(4401);
  });

  test('bytes that the page does not take are counted', async () => {
    const { socket } = await admitted();
    socket.pause();
    const channel = channels[0]!;
    while (channel.undrainedBytes() <= bridgeLimits.maxUndrainedBytes) channel.send('x'.repeat(256 * 1024));
    expect(channel.undrainedBytes()).toBeGreaterThan(bridgeLimits.maxUndrainedBytes);
    socket.terminate();
  });

  test('a window that is gone loses its socket and its token', async () => {
    const { socket, token } = await admitted();
    const closed = once(socket, 'close');
    admissions.revoke(windowId);
    sockets.drop(windowId);
    await closed;
    expect(await openWith(connect(), JSON.stringify({ type: 'token', token }))).toEqual({ closed: 4401 });
  });
});

describe('the pages of the windows', () => {
  test('are served to whoever comes by their own name, and to nobody else', async () => {
    const page = { path: '/wall.html' };
    expect([
      await statusOf(page),
      await statusOf({ ...page, headers: { 'sec-fetch-site': 'same-origin', origin: server.origin } }),
      await statusOf({ ...page, headers: { host: 'evil.example' } }),
      await statusOf({ ...page, headers: { origin: 'http://evil.example' } }),
      await statusOf({ ...page, headers: { 'sec-fetch-site': 'cross-site' } }),
      await statusOf({ ...page, method: 'POST' }),
      await statusOf({ path: '/missing.html' }),
    ]).toEqual([200, 200, 403, 403, 403, 405, 404]);
  });
});

async function waitFor<Value>(look: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    await new Promise(setImmediate);
  }
}
