import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createHandPorts } from '../record/testing/handPorts.ts';
import {
  countyCertificate,
  newAuthority,
  openAuthorityFolder,
  openKeptCertificate,
  ownCertificate,
  ownNames,
  type ServedCertificate,
} from './index.ts';
import { makeAuthority, makeServerCertificate } from './makeCertificates.ts';

const dayMs = 24 * 60 * 60_000;
const nowMs = Date.UTC(2026, 0, 10);
const names = ['platform.county', '10.0.0.5', '::1'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'certificates-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inFolder = (file: string) => path.join(folder, file);
const own = (atMs: number, forNames: readonly string[] = names) =>
  ownCertificate({ folder: openAuthorityFolder(folder), authorityName: '安澜县', names: forNames, nowMs: atMs });

test('a platform makes its authority and its certificate once; keys are its owner’s alone', async () => {
  const first = await own(nowMs);
  const again = await own(nowMs + dayMs);
  const mode = (file: string) => (statSync(inFolder(file)).mode & 0o777).toString(8);
  expect({ ...again, again: again.cert === first.cert, modes: ['tls-authority-key.pem', 'tls-server.pem'].map(mode) }).toMatchObject({
    again: true,
    modes: ['600', '600'],
    names: 'DNS:platform.county, IP Address:10.0.0.5, IP Address:0:0:0:0:0:0:0:1',
    validToMs: nowMs + 180 * dayMs,
    authority: { name: '安澜县', fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/) as string },
  });
});

test('before its certificate ends, or when it is called by another name, it makes another one by the same authority', async () => {
  const first = await own(nowMs);
  const [later, renamed] = [await own(nowMs + 121 * dayMs), await own(nowMs, ['other.county'])];
  expect([later.validToMs, renamed.names]).toEqual([nowMs + 301 * dayMs, 'DNS:other.county']);
  expect(new Set([first, later, renamed].map(({ authority }) => authority.fingerprint)).size).toBe(1);
  expect(new Set([first, later, renamed].map(({ key }) => key)).size).toBe(3);
});

test('an authority that ended, or lost its key, starts nothing and says what to do', async () => {
  await own(nowMs);
  await expect(own(nowMs + 11 * 366 * dayMs)).rejects.toThrow('npm run certificates -- --new-authority');
  rmSync(inFolder('tls-authority-key.pem'));
  await expect(own(nowMs)).rejects.toThrow('put the key back from a backup');
});

test('an authority that was set aside is still there, and the next one is another', async () => {
  const kept = openAuthorityFolder(folder);
  const first = await own(nowMs);
  kept.setAside(nowMs);
  await newAuthority({ folder: kept, name: '安澜县', nowMs });
  expect((await own(nowMs)).authority.fingerprint).not.toBe(first.authority.fingerprint);
  expect(readFileSync(inFolder('tls-authority.pem.before-2026-01-10T00-00-00.000Z'), 'utf8').trim()).toBe(
    first.authority.certificate.trim(),
  );
});

/** Files as a county's own authority would hand them over. */
async function countyFiles({ madeAtMs = nowMs, forNames = names }: { madeAtMs?: number; forNames?: readonly string[] } = {}) {
  const authority = await makeAuthority({ name: '县政务 CA', nowMs: Math.min(madeAtMs, nowMs) });
  const server = await makeServerCertificate({ authority, names: forNames, nowMs: madeAtMs });
  const write = (file: string, text: string) => {
    writeFileSync(inFolder(file), text);
    return inFolder(file);
  };
  return {
    certificate: write('cert.pem', server.certificate),
    key: write('key.pem', server.key),
    authority: write('ca.pem', authority.certificate),
  };
}

test('a county’s own certificate is taken when it fits', async () => {
  const files = await countyFiles();
  expect(countyCertificate({ files, names: ['platform.county', '10.0.0.5'], nowMs }).authority.name).toBe('县政务 CA');
});

test.each([
  ['expired', { madeAtMs: nowMs - 200 * dayMs }, /expired on 2025-12-21.*clock says 2026-01-10/],
  ['not valid yet', { madeAtMs: nowMs + 5 * dayMs }, /not valid before 2026-01-14.*clock says 2026-01-10/],
  ['for another name', { forNames: ['other.county'] }, /not for platform\.county, 10\.0\.0\.5, ::1\. It is for DNS:other\.county/],
])('a county’s certificate that is %s starts nothing, in plain words', async (_, made, words) => {
  const files = await countyFiles(made);
  expect(() => countyCertificate({ files, names, nowMs })).toThrow(words);
});

test('a key that does not fit, another authority, files that are none: each is named', async () => {
  const [files, other] = [await countyFiles(), await makeAuthority({ name: 'other', nowMs })];
  const read = (changed: Partial<typeof files>) => () => countyCertificate({ files: { ...files, ...changed }, names, nowMs });
  writeFileSync(inFolder('other-key.pem'), other.key);
  writeFileSync(inFolder('other-ca.pem'), other.certificate);
  writeFileSync(inFolder('none.pem'), 'nothing');
  writeFileSync(inFolder('locked.pem'), '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n');
  expect(read({ key: inFolder('other-key.pem') })).toThrow('The key does not fit');
  expect(read({ authority: inFolder('other-ca.pem') })).toThrow('was not signed by CN=other');
  expect(read({ certificate: inFolder('none.pem') })).toThrow('holds no certificate');
  expect(read({ key: inFolder('none.pem') })).toThrow('no private key');
  expect(read({ key: inFolder('locked.pem') })).toThrow('locked with a password');
  expect(read({})).not.toThrow();
});

test('a running platform takes the next certificate by itself, keeps the one before while the next is no good, and says so once a day', async () => {
  const hand = createHandPorts({ nowMs });
  const [first, next] = [await own(nowMs), await own(nowMs + 121 * dayMs)];
  const answers: (ServedCertificate | Error)[] = [first, first, next, new Error('broken'), new Error('broken'), next];
  let asked = 0;
  const load = async () => {
    const answer = answers[asked++] ?? next;
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const told: ServedCertificate[] = [];
  const kept = await openKeptCertificate({ load, ...hand });
  kept.onRenewed((served) => told.push(served));
  for (const _ of answers) {
    const before = asked;
    hand.advanceMs(60 * 60_000);
    await vi.waitFor(() => expect(asked).toBe(before + 1));
    await Promise.resolve();
  }
  expect(told.map(({ cert }) => cert === next.cert)).toEqual([true]);
  expect(kept.current().cert).toBe(next.cert);
  expect(hand.said).toEqual([
    'the platform shows a new certificate',
    "the platform's next certificate cannot be taken; the one before stays",
  ]);
  kept.close();
});

test('a certificate that nobody renews is spoken of a month before its end, and when it has ended', async () => {
  const hand = createHandPorts({ nowMs: nowMs + 151 * dayMs });
  const served = await own(nowMs);
  const kept = await openKeptCertificate({ load: async () => served, ...hand });
  expect(hand.said).toEqual(["the platform's certificate ends soon"]);
  kept.close();
  const late = createHandPorts({ nowMs: nowMs + 181 * dayMs });
  (await openKeptCertificate({ load: async () => served, ...late })).close();
  expect(late.said).toEqual(["the platform's certificate has expired: no desk comes in"]);
});

test('a platform is called by the name that desks use first, then by what its machine is reached by', () => {
  const machine = { hostname: 'County_1', addresses: ['10.0.0.5', 'fe80::1', '2001:db8::5'] };
  expect(ownNames({ publicHost: 'Platform.County', host: '0.0.0.0', ...machine })).toEqual([
    ...['platform.county', 'localhost', '127.0.0.1', '::1', '10.0.0.5', '2001:db8::5'],
  ]);
  expect(ownNames({ publicHost: null, host: '10.0.0.5', ...machine })[0]).toBe('10.0.0.5');
});
