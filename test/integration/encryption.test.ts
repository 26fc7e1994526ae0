import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as request1 } from 'node:https';
import { type ClientHttp2Session, connect, constants, type IncomingHttpHeaders } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { busPath, routes } from '#contract/bus/index.ts';
import { createHandCertificate, daysAwayMs, makeTestAuthority, type TestAuthority } from '../builders/encryption.ts';
import { openTestPlatform } from '../builders/platform.ts';

let authority: TestAuthority;
let certificate: ReturnType<typeof createHandCertificate>;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const sessions: ClientHttp2Session[] = [];

beforeAll(async () => {
  authority = await makeTestAuthority();
});
beforeEach(async () => {
  certificate = createHandCertificate(await authority.sign());
  platform = await openTestPlatform({ listen: { host: '127.0.0.1', port: 0, certificate } });
});
afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  await platform.close();
});

function session(): ClientHttp2Session {
  const opened = connect(platform.url, { ca: authority.certificate });
  sessions.push(opened);
  return opened;
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };

async function ask(over: ClientHttp2Session, { path, method = 'GET', body, headers = {} }: AskedPage): Promise<Answer> {
  const stream = over.request({ ':path': path, ':method': method, ...headers }, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const [answer] = (await once(stream, 'response')) as [IncomingHttpHeaders];
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) text += String(chunk);
  return { status: Number(answer[':status']), headers: answer, body: text };
}
type AskedPage = { path: string; method?: string; body?: string; headers?: Record<string, string> };

/** One request over HTTP/1.1. */
async function askPlainly({ path, headers = {} }: { path: string; headers?: Record<string, string> }) {
  const asked = request1(`${platform.url}${path}`, { ca: authority.certificate, servername: 'localhost', headers }).end();
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  answer.resume();
  await once(answer, 'end');
  return { status: answer.statusCode, httpVersion: answer.httpVersion, headers: answer.headers };
}

describe('an encrypted platform', () => {
  test('answers pages over HTTP/2 and over HTTP/1.1, and takes sockets, all on one port', async () => {
    expect(platform.url).toMatch(/^https:/);
    const over2 = await ask(session(), { path: routes.health });
    const over1 = await askPlainly({ path: routes.health });
    const bus = new WebSocket(`${platform.url.replace(/^http/, 'ws')}${busPath}/?EIO=4&transport=websocket`, { ca: authority.certificate });
    const [hello] = (await once(bus, 'message')) as [Buffer];
    bus.terminate();
    const login = await ask(session(), {
      path: routes.login,
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'duty', password: 'duty-demo' }),
    });
    expect([
      over2.status,
      JSON.parse(over2.body),
      over1.status,
      over1.httpVersion,
      hello.toString('utf8').slice(0, 1),
      login.status,
    ]).toEqual([...[200, expect.objectContaining({ ok: true }), 200, '1.1', '0', 200]]);
  });

  test('says over HTTP/2 too who was led here by another name', async () => {
    const led = await ask(session(), { path: routes.health, headers: { ':authority': 'evil.example' } });
    expect([led.status, (await ask(session(), { path: routes.health })).status]).toEqual([421, 200]);
  });

  test('is asked for by browsers without encryption never again, except by this machine’s own name', async () => {
    const told = async (headers: Record<string, string>) =>
      (await askPlainly({ path: routes.health, headers })).headers['strict-transport-security'];
    expect([await told({ host: 'platform.county' }), await told({})]).toEqual(['max-age=15552000', undefined]);
  });

  test('speaks nothing older than TLS 1.2', async () => {
    const { hostname, port } = new URL(platform.url);
    const at = { host: hostname, port: Number(port), ca: authority.certificate };
    const old = connectTls({ ...at, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    await expect(once(old, 'secureConnect')).rejects.toThrow(/version/i);
    const today = connectTls({ ...at, maxVersion: 'TLSv1.2' });
    await once(today, 'secureConnect');
    expect(today.getProtocol()).toBe('TLSv1.2');
    today.destroy();
  });

  test('shows a renewed certificate to whoever comes next, without a restart and without cutting anybody', async () => {
    const before = session();
    await ask(before, { path: routes.health });
    const next = await authority.sign({ atMs: daysAwayMs(-10) });
    certificate.show(next);
    const { hostname, port } = new URL(platform.url);
    const socket = connectTls({ host: hostname, port: Number(port), ca: authority.certificate });
    await once(socket, 'secureConnect');
    const validTo = new Date(socket.getPeerCertificate().valid_to).getTime();
    socket.destroy();
    expect(Math.abs(validTo - next.validToMs)).toBeLessThan(1_000);
    expect((await ask(before, { path: routes.health })).status).toBe(200);
  });
});

describe('over HTTP/2', () => {
  test('no more than the agreed requests are open at once', async () => {
    const opened = session();
    await ask(opened, { path: routes.health });
    expect(opened.remoteSettings).toMatchObject({ maxConcurrentStreams: 256, maxHeaderListSize: 16_384 });
  });

  test('whoever opens requests and takes them back without end is sent away; others are answered meanwhile', async () => {
    const [flood, honest] = [session(), session()];
    for (const each of [flood, honest]) await ask(each, { path: routes.health });
    const gone = once(flood, 'error') as Promise<[NodeJS.ErrnoException]>;
    const resetSome = () => {
      for (let some = 0; some < 200 && !flood.destroyed; some += 1) {
        const stream = flood.request({ ':path': routes.health });
        stream.on('error', () => {});
        stream.close(constants.NGHTTP2_CANCEL);
      }
      // The next ones when these have come in.
      if (!flood.destroyed) flood.ping(resetSome);
    };
    resetSome();
    const [{ code }] = await gone;
    expect(code).toBe('ERR_HTTP2_SESSION_ERROR');
    expect((await ask(honest, { path: routes.health })).status).toBe(200);
  });

  test('headers without end are refused, and a large body is, before anybody reads it', async () => {
    const opened = session();
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`x-${index}`, 'x']));
    const refusedBy = await ask(opened, { path: routes.health, headers: many }).then(
      ({ status }) => status,
      () => 'refused',
    );
    expect(['refused', 431]).toContain(refusedBy);
    const large = await ask(session(), { path: routes.login, method: 'POST', body: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
    expect((await ask(session(), { path: routes.health })).status).toBe(200);
  });
});
