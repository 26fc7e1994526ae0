import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { PlatformTrust } from '#contract/bridge/index.ts';
import { protocolVersion } from '#contract/bus/index.ts';
import { openTabShell } from '#kiosk/index.ts';
import { machineClock, machineTimers } from '#main/machine/index.ts';
import { createPlatformHttp, createSocketTransport } from '#main/link/index.ts';
import { openRoomTrust } from '#main/trust/index.ts';
import type { ServedCertificate } from '#platform/certificates/index.ts';
import { createHandCertificate, daysAwayMs, makeTestAuthority, type TestAuthority } from '../builders/encryption.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { createFakeShell, type FakeShell } from '../fakes/fakeShell.ts';

let own: TestAuthority;
let foreign: TestAuthority;
let folder: string;
let platform: Awaited<ReturnType<typeof openTestPlatform>> | undefined;
beforeAll(async () => {
  [own, foreign] = [await makeTestAuthority(), await makeTestAuthority({ name: '邻县 CA' })];
});
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'trust-'));
});
afterEach(async () => {
  await platform?.close();
  platform = undefined;
  rmSync(folder, { recursive: true });
});

const file = (name: string) => path.join(folder, name);

async function openPlatformThatShows(served: ServedCertificate) {
  const certificate = createHandCertificate(served);
  platform = await openTestPlatform({ listen: { host: '127.0.0.1', port: 0, certificate } });
  return { url: platform.url, certificate };
}

/** What main has of the platform: pages and the bus, and whom it believes. */
async function openDesk({ url, handedOver, nowMs = () => Date.now() }: { url: string; handedOver?: TestAuthority; nowMs?: () => number }) {
  if (handedOver !== undefined) writeFileSync(file('handed-over.pem'), handedOver.certificate);
  const [states, said]: [PlatformTrust[], string[]] = [[], []];
  const log = { debug: () => {}, info: say, warn: say, error: say };
  function say(_fields: object, message: string) {
    said.push(message);
  }
  const shell: FakeShell = createFakeShell({ displays: [], page: () => {} });
  const trust = await openRoomTrust({
    shell: shell.shell,
    platformUrl: url,
    platformAuthority: handedOver === undefined ? null : file('handed-over.pem'),
    file: file('trust.json'),
    clock: { nowMs },
    log,
    onChange: (state) => states.push(state),
  });
  const http = createPlatformHttp({ platformUrl: url, trust, log });
  const transport = createSocketTransport({ platformUrl: url, trust });
  const handshake = { protocolVersion, deskId: 'desk-0001' as never, deviceKey: 'k'.repeat(43) };
  /** How an attempt to open the bus ends. */
  const bus = () =>
    new Promise<string>((resolve) => {
      const line = transport.connect({
        handshake,
        listener: {
          onMessage: () => {},
          onRefused: (code) => resolve(`answered: ${code}`),
          onClosed: () => {
            line.close();
            resolve('closed');
          },
        },
      });
    });
  return { trust, http, bus, states, said, shell };
}

/** The state after whatever looks at the certificate has looked. */
async function settled(desk: Awaited<ReturnType<typeof openDesk>>): Promise<PlatformTrust> {
  await vi.waitFor(() => expect(desk.states.length).toBeGreaterThan(0), { timeout: 20_000 });
  return desk.trust.state();
}

describe('a desk that was handed the authority', () => {
  test('comes in by pages and by the bus, and so do its windows', async () => {
    const { url } = await openPlatformThatShows(await own.sign());
    const desk = await openDesk({ url, handedOver: own });
    const accounts = await desk.http.demoAccounts();
    expect([accounts.ok && accounts.value.length > 0, await desk.bus()]).toEqual([true, 'answered: access.unknownDevice']);
    expect([desk.trust.state().kind, desk.shell.trusted(), desk.said]).toEqual(['trusted', own.fingerprint, []]);
  });

  test.each([
    ['has expired', 'expired', () => own.sign({ atMs: daysAwayMs(-200) })],
    ['is not valid yet', 'notYetValid', () => own.sign({ atMs: daysAwayMs(3) })],
    ['is for another name', 'otherName', () => own.sign({ names: ['platform.county'] })],
    ['was signed by somebody else', 'otherAuthority', () => foreign.sign()],
  ] as const)('does not come in where the certificate %s: says why, once, and sends nothing', async (_, problem, sign) => {
    const { url } = await openPlatformThatShows(await sign());
    const desk = await openDesk({ url, handedOver: own });
    const answers = [await desk.http.demoAccounts(), await desk.bus(), await desk.http.demoAccounts(), await desk.bus()];
    expect(answers).toEqual([
      { ok: false, refusal: { code: 'bus.unreachable' } },
      'closed',
      { ok: false, refusal: { code: 'bus.unreachable' } },
      'closed',
    ]);
    expect(await settled(desk)).toMatchObject({ kind: 'refused', problem, trustedFingerprint: own.fingerprint });
    expect([desk.states.length, desk.said]).toEqual([1, [expect.stringContaining('is not believed: nothing is sent to it')]]);
  });

  test('whose clock stands before a time that it has seen hears that it is the clock', async () => {
    const { url } = await openPlatformThatShows(await own.sign());
    await openDesk({ url, handedOver: own });
    const desk = await openDesk({ url, nowMs: () => daysAwayMs(-2_000) });
    // Node judges by the machine's clock; the desk's own is what a person sees.
    desk.trust.failed();
    expect(await settled(desk)).toMatchObject({ kind: 'refused', problem: 'deskClock' });
  });

  test('comes in again by itself when the certificate is good again, and says so once', async () => {
    const { url, certificate } = await openPlatformThatShows(await own.sign({ atMs: daysAwayMs(-200) }));
    const desk = await openDesk({ url, handedOver: own });
    await desk.http.demoAccounts();
    await settled(desk);
    certificate.show(await own.sign());
    expect((await desk.http.demoAccounts()).ok).toBe(true);
    expect([desk.trust.state().kind, desk.states.length, desk.said.at(-1)]).toEqual(['trusted', 2, 'the platform is believed']);
  });

  test('believes a new authority by a file only, never by what it is shown', async () => {
    const { url } = await openPlatformThatShows(await foreign.sign());
    const before = await openDesk({ url, handedOver: own });
    await before.http.demoAccounts();
    await settled(before);
    expect(await before.trust.accept(foreign.fingerprint)).toEqual({ ok: false, refusal: { code: 'room.nothingToTrust' } });
    const after = await openDesk({ url, handedOver: foreign });
    expect((await after.http.demoAccounts()).ok).toBe(true);
  });
});

describe('a desk that nobody told whom to believe', () => {
  test('sends nothing, shows what is there, and comes in once somebody has compared the fingerprint; also after a restart', async () => {
    const { url } = await openPlatformThatShows(await own.sign());
    const desk = await openDesk({ url });
    expect([await desk.bus(), (await desk.http.demoAccounts()).ok, desk.shell.trusted()]).toEqual(['closed', false, null]);
    expect(await settled(desk)).toMatchObject({
      kind: 'unknown',
      shown: { fingerprint: own.fingerprint, authority: '安澜县 Commandwall CA' },
    });
    expect(await desk.trust.accept(foreign.fingerprint)).toEqual({ ok: false, refusal: { code: 'room.otherFingerprint' } });
    expect(desk.trust.state().kind).toBe('unknown');
    expect(await desk.trust.accept(own.fingerprint)).toEqual({ ok: true, value: null });
    expect([(await desk.http.demoAccounts()).ok, desk.shell.trusted()]).toEqual([true, own.fingerprint]);
    const restarted = await openDesk({ url });
    expect([(await restarted.http.demoAccounts()).ok, restarted.shell.trusted()]).toEqual([true, own.fingerprint]);
  });

  test('is told when the file is not that of an authority', async () => {
    const { url } = await openPlatformThatShows(await own.sign());
    const served = await own.sign();
    const handed = { ...own, certificate: served.cert.split(/(?<=-----END CERTIFICATE-----)/)[0] ?? '' };
    await expect(openDesk({ url, handedOver: handed })).rejects.toThrow('and not of an authority');
  });
});

test('a room in a browser tab says on every window over encryption that the browser must be told whom to believe, and lays the file ready', async () => {
  const silent = () => {};
  const ports = {
    ...{ pagesFolder: folder, dataFolder: folder, clock: machineClock, timers: machineTimers, tellUrl: silent },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  };
  const plain = await openTabShell({ ...ports, platformUrl: 'http://127.0.0.1:8420' });
  const tab = await openTabShell({ ...ports, platformUrl: 'https://127.0.0.1:8420' });
  await tab.shell.trustPlatform(new X509Certificate(own.certificate));
  const laidReady = new X509Certificate(readFileSync(file('platform-authority.crt')));
  expect([plain.shell.warnings, tab.shell.warnings, laidReady.fingerprint256]).toEqual([[], ['browserNeedsAuthority'], own.fingerprint]);
  await Promise.all([plain.close(), tab.close()]);
});
