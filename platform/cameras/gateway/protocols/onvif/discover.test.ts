import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { FoundDevice } from '#contract/cameras/index.ts';
import { createHandTimers } from '../../testing/handTimers.ts';
import { discoverDevices } from './discover.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
const loopback = { cidrs: [], loopback: 'allowed' } as const;

const match = (address: string, scopes = '') =>
  `<p:ProbeMatch><p:Scopes>${scopes}</p:Scopes><p:XAddrs>${address}</p:XAddrs></p:ProbeMatch>`;
const answer = (...matches: readonly string[]) =>
  `<e:Envelope><e:Body><p:ProbeMatches>${matches.join('')}</p:ProbeMatches></e:Body></e:Envelope>`;

/** A network of one machine that answers a probe with these messages; what it was asked. */
async function open(answers: readonly (string | Buffer)[]) {
  const asked: string[] = [];
  const responder = createSocket('udp4');
  sockets.push(responder);
  responder.on('message', (bytes, { address, port }) => {
    asked.push(bytes.toString());
    for (const each of answers) responder.send(each, port, address);
  });
  responder.bind(0, '127.0.0.1');
  await once(responder, 'listening');
  return { asked, to: { address: '127.0.0.1', port: responder.address().port } };
}

test('devices that answer are told by address, with the words they have for themselves', async () => {
  const scopes = 'onvif://www.onvif.org/name/%E4%B8%9C%E9%97%A8 onvif://www.onvif.org/hardware/DS-2CD%00 onvif://www.onvif.org/x';
  const { asked, to } = await open([
    answer(match('http://127.0.0.9/onvif/device_service', scopes), match('http://[fe80::1]/a http://127.0.0.8:8000/onvif/device_service')),
  ]);
  const { timers, advanceMs } = createHandTimers();
  const last = Promise.withResolvers<void>();
  const onFound = ({ address }: FoundDevice) => address.includes('127.0.0.8') && last.resolve();
  const finding = discoverDevices({ networks: loopback, timers, to, onFound });
  await last.promise;
  advanceMs(3_000);
  expect(await finding).toEqual([
    { address: 'onvif://127.0.0.8:8000', name: '', hardware: '' },
    { address: 'onvif://127.0.0.9', name: '东门', hardware: 'DS-2CD' },
  ]);
  expect(asked[0]).toContain('NetworkVideoTransmitter');
});

test('answers that are no XML, name what no camera may be, or want to be read as more, are nothing', async () => {
  const { to } = await open([
    'hello',
    Buffer.alloc(30_000, 0x20),
    answer(match('http://169.254.169.254/latest'), match('http://camera.example/'), match('file:///etc/passwd'), match('')),
    `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${answer(match('http://127.0.0.9/'))}`,
    // Sockets of one machine keep their order: when this one is there, the others were.
    answer(match('http://127.0.0.8/')),
  ]);
  const { timers, advanceMs } = createHandTimers();
  const last = Promise.withResolvers<void>();
  const onFound = ({ address }: FoundDevice) => address.includes('127.0.0.8') && last.resolve();
  const finding = discoverDevices({ networks: loopback, timers, to, onFound });
  await last.promise;
  advanceMs(3_000);
  expect(await finding).toEqual([{ address: 'onvif://127.0.0.8', name: '', hardware: '' }]);
});

test('where no camera network is at hand nobody is asked', async () => {
  const { asked, to } = await open([answer(match('http://127.0.0.9/'))]);
  const { timers, advanceMs } = createHandTimers();
  const finding = discoverDevices({ networks: { cidrs: ['203.0.113.0/24'], loopback: 'refused' }, timers, to });
  advanceMs(0);
  expect([await finding, asked]).toEqual([[], []]);
});
