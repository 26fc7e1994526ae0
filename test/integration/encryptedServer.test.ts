import { once } from 'node:events';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { makeAuthority, makeServerCertificate } from '#platform/certificates/makeCertificates.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { createEncryptedServer, secureLimits } from '#platform/http/secureServer.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0).reverse()) close();
});

async function openServer() {
  const nowMs = Date.now();
  const authority = await makeAuthority({ name: 'authority', nowMs });
  const { key, certificate } = await makeServerCertificate({ authority, names: ['127.0.0.1'], nowMs });
  const hand = createHandPorts();
  const served = {
    key,
    cert: certificate,
    authority: { name: 'authority', certificate: authority.certificate, fingerprint: '' },
    names: '',
    validToMs: nowMs,
  };
  const slowness = { headersTimeout: 10_000, connectionsCheckingInterval: 1_000 };
  const { server, endAll } = createEncryptedServer({ certificate: served, slowness, timers: hand.timers });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    endAll();
    server.close();
  });
  const open = async () => {
    const session = connect(`https://127.0.0.1:${(server.address() as AddressInfo).port}`, { ca: authority.certificate });
    closers.push(() => session.destroy());
    await once(session, 'remoteSettings');
    return session;
  };
  return { server, hand, open };
}

test('whoever connects over HTTP/2 and asks for nothing is sent away after ten seconds; whoever has asked stays', async () => {
  const { server, hand, open } = await openServer();
  server.on('request', (_request, response) => response.end('here'));
  const [silent, asking] = [await open(), await open()];
  const answered = asking.request({ ':path': '/' }).resume();
  await once(answered, 'end');
  const gone = once(silent, 'close');
  hand.advanceMs(secureLimits.patienceMs);
  await gone;
  expect([silent.destroyed, asking.destroyed]).toEqual([true, false]);
});

test('a body that stands still is given up; an answer that is still worked out is waited for', async () => {
  const { server, open } = await openServer();
  const late = Promise.withResolvers<() => void>();
  server.on('request', (request, response) => {
    if (request.url === '/late') late.resolve(() => response.end('late'));
  });
  const session = await open();
  const waits = session.request({ ':path': '/late' });
  const stuck = session.request({ ':path': '/', ':method': 'POST' }, { endStream: false });
  stuck.write('half of it');
  stuck.on('error', () => {});
  await once(stuck, 'close');
  expect([stuck.rstCode, waits.closed]).toEqual([8, false]);
  const answer = once(waits, 'data');
  (await late.promise)();
  expect(String((await answer)[0])).toBe('late');
});
