import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type FakeOnvifDevice, type OnvifDeviceOptions, say, startOnvifDevice } from '../../testing/onvifDevice.ts';
import { createPasswordTries } from '../../device/passwordTries.ts';
import { openOnvifDevice, profileFor, readProfiles, readSnapshotUrl } from './index.ts';
import { readStreamUrl } from './profiles.ts';

const devices: FakeOnvifDevice[] = [];
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

async function start(options: OnvifDeviceOptions = {}): Promise<FakeOnvifDevice> {
  const device = await startOnvifDevice(options);
  devices.push(device);
  return device;
}

function portsNow() {
  const clock = { nowMs: () => Date.now() };
  const networks = { cidrs: [], loopback: 'allowed' } as const;
  return { networks, clock, trust: { authorities: [] }, tries: createPasswordTries({ clock }) };
}

/** Everything that opening a camera asks; the stream's address, or why there is none. */
async function streamOf(url: string, ports = portsNow()): Promise<string> {
  const device = await openOnvifDevice(url, ports);
  if (!device.ok) return device.refusal.code;
  const profiles = await readProfiles(device.value);
  if (!profiles.ok) return profiles.refusal.code;
  const profile = profileFor(profiles.value, 'main')!;
  const stream = await readStreamUrl(device.value, { ...ports, profile, transport: 'tcp' });
  return stream.ok ? stream.value.href : stream.refusal.code;
}

const withAccount = (url: string, account = 'admin:geheim-42') => url.replace('onvif://', `onvif://${account}@`);

test('the largest picture is main, the smallest that a window can decode is sub', async () => {
  const device = await openOnvifDevice((await start()).url, portsNow());
  const profiles = device.ok ? await readProfiles(device.value) : device;
  const tokens = profiles.ok ? (['main', 'sub'] as const).map((quality) => profileFor(profiles.value, quality)?.token) : [];
  expect(tokens).toEqual(['p-main', 'p-sub']);
});

test.each(['open', 'digest', 'nameToken'] as const)('a device with the lock "%s" tells where its pictures are', async (lock) => {
  const device = await start({ lock, rtspUrl: 'rtsp://127.0.0.1:5554/live?a=1&amp;b=2' });
  expect(await streamOf(withAccount(device.url))).toBe('rtsp://admin:geheim-42@127.0.0.1:5554/live?a=1&b=2');
  expect(device.wrongPasswords()).toBe(0);
});

test('a device whose clock is three hours wrong gets tokens of its own time, and the difference is known', async () => {
  const device = await start({ lock: 'nameToken', clockOffsetMs: -3 * 3_600_000 });
  const opened = await openOnvifDevice(withAccount(device.url), portsNow());
  const offsetMs = opened.ok ? opened.value.clockOffsetMs() : 0;
  expect(Math.abs(offsetMs + 3 * 3_600_000)).toBeLessThan(3_000);
});

test.each(['digest', 'nameToken'] as const)(
  'a wrong password is shown once to the lock "%s", however often a window asks',
  async (lock) => {
    const device = await start({ lock });
    const ports = portsNow();
    const told = [];
    for (let time = 0; time < 6; time += 1) told.push(await streamOf(withAccount(device.url, 'admin:falsch'), ports));
    expect([new Set(told), device.wrongPasswords()]).toEqual([new Set(['cameras.wrongPassword']), 1]);
    expect(await streamOf(withAccount(device.url), ports)).toMatch(/^rtsp:/);
  },
);

test('a device that wants a password nobody has says so', async () => {
  for (const lock of ['digest', 'nameToken'] as const) expect(await streamOf((await start({ lock })).url)).toBe('cameras.passwordWanted');
});

test("another host's stream is not told this device's password, and a still picture's address is checked like any", async () => {
  const device = await start({ rtspUrl: 'rtsp://127.0.0.2/live' });
  expect(await streamOf(withAccount(device.url))).toBe('rtsp://127.0.0.2/live');
  const opened = await openOnvifDevice(device.url, portsNow());
  const snapshot = opened.ok ? await readSnapshotUrl(opened.value, { ...portsNow(), profile: { token: 'p-main' } as never }) : opened;
  expect(snapshot.ok && snapshot.value?.pathname).toBe('/snap.jpg');
});

const laughs = `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "${'&lol;'.repeat(10)}">]><a>&lol2;</a>`;
const raw = (text: string) => (response: ServerResponse) => void response.writeHead(200).end(text);

test.each([
  [
    'a metadata service as its media service',
    { GetCapabilities: '<Media><XAddr>http://169.254.169.254/latest</XAddr></Media>' },
    'cameras.urlAddressNotConfigured',
  ],
  ['a file as its media service', { GetCapabilities: '<Media><XAddr>file:///etc/passwd</XAddr></Media>' }, 'cameras.urlScheme'],
  ['a metadata service as its stream', { GetStreamUri: '<Uri>rtsp://169.254.169.254/latest</Uri>' }, 'cameras.urlAddressNotConfigured'],
  ['another scheme as its stream', { GetStreamUri: '<Uri>http://127.0.0.1/a</Uri>' }, 'cameras.urlScheme'],
  ['a name as its stream', { GetStreamUri: '<Uri>rtsp://camera.example/a</Uri>' }, 'cameras.urlAddressNotLiteral'],
  ['a line end in its stream', { GetStreamUri: '<Uri>rtsp://127.0.0.1/a&#13;&#10;X: y</Uri>' }, 'cameras.urlMalformed'],
  ['no stream', { GetStreamUri: '' }, 'cameras.urlMalformed'],
  ['no profile', { GetProfiles: '' }, 'cameras.onvifNoProfile'],
])('a device that answers with %s opens nothing', async (_what, said, code) => {
  const [[action, body] = ['', '']] = Object.entries(said);
  const device = await start({ answers: { [action]: (response) => say(response, `<r><Capabilities>${body}</Capabilities></r>`) } });
  expect(await streamOf(withAccount(device.url))).toBe(code);
});

test.each([
  ['an outside entity (XXE)', raw('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'), 'cameras.onvifUnreadable'],
  ['billions of laughs', raw(laughs), 'cameras.onvifUnreadable'],
  ['an element in an element in an element …', raw('<a>'.repeat(10_000)), 'cameras.onvifUnreadable'],
  ['a million elements', raw(`<r>${'<a/>'.repeat(200_000)}</r>`), 'cameras.onvifUnreadable'],
  ['a page of HTML', raw('<html><br>not XML</html>'), 'cameras.onvifUnreadable'],
  ['100 MB', endless, 'cameras.answerTooLarge'],
  ['half an answer', half, 'cameras.answerTruncated'],
  ['a redirect', redirect, 'cameras.onvifUnreadable'],
] as const)('a device that answers with %s is given up', async (_what, answer, code) => {
  const device = await start({ answers: { GetProfiles: answer } });
  expect(await streamOf(device.url)).toBe(code);
});

function endless(response: ServerResponse): void {
  response.writeHead(200);
  let written = 0;
  const more = () => {
    while (written < 1600 && !response.destroyed) {
      written += 1;
      if (!response.write(Buffer.alloc(65_536, 0x20))) return void response.once('drain', more);
    }
    response.end();
  };
  more();
}

function half(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': '5000' });
  response.write('<a>');
  setImmediate(() => response.destroy());
}

function redirect(response: ServerResponse): void {
  response.writeHead(302, { Location: 'http://169.254.169.254/' }).end();
}
