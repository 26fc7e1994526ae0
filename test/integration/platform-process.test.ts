import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countyFeed, genesisHash, chainHash } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { openSqliteStore, sha256 } from '#platform/record/index.ts';
import { daysAwayMs, makeTestAuthority } from '../builders/encryption.ts';
import { faultReport } from '../builders/openDesk.ts';
import { claimAdministrator, importCameras, type PlatformProcess, startPlatform } from '../builders/platformProcess.ts';
import { enrol } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

let data: string;
const started: PlatformProcess[] = [];

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'platform-'));
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(data, { recursive: true });
});

async function start(args: readonly string[] = []) {
  const platform = startPlatform({ data, args });
  started.push(platform);
  return { platform, url: await platform.ready };
}

/** The command of everything that the county's feed holds on disk, with its chain checked; its imports came before and by no command. */
async function recordedCommands(): Promise<readonly (string | null)[]> {
  const store = await openSqliteStore({ file: path.join(data, 'record.sqlite'), newEpoch: 'unused' });
  const epoch = await store.epoch();
  const feed = countyFeed('county' as CountyId);
  const facts = await store.readFacts({ feed, epoch, afterSeq: 0, limit: 10_000 });
  await store.close();
  let prevHash = genesisHash({ feed, epoch, sha256 });
  for (const [index, { seq, hash, fact }] of facts.entries()) {
    expect([seq, hash]).toEqual([index + 1, chainHash({ prevHash, seq, fact, sha256 })]);
    prevHash = hash;
  }
  return facts.filter(({ fact }) => fact.type !== 'directory.imported').map(({ fact }) => fact.commandId);
}

describe('a platform that is killed again and again', () => {
  test('loses nothing that it acknowledged, and does nothing twice', async () => {
    let { platform, url } = await start();
    const session = await claimAdministrator({ platform, url: url! });
    const numbers = Array.from({ length: 60 }, (_, index) => `c${index}`);
    await importCameras({ url: url!, session, numbers });
    const device = await enrol({ url: url!, session });
    const commands = numbers.map((number, index) => faultReport({ session, cameraId: `no-${number}`, deskSeq: index + 1 }));
    const replies = new Map<string, unknown[]>();
    const kills = new Set([3, 4, 17, 30, 31, 45]);
    for (const [index, command] of commands.entries()) {
      let desk = await connectDesk({ url: url!, device });
      const reply = desk.ask('command', command).catch(() => null);
      if (kills.has(index)) {
        // Sometimes before the commit, sometimes between commit and reply, sometimes behind both: the outcome must not depend on it.
        if (index % 2 === 0) await Promise.race([reply, desk.ask('clock', {})]);
        platform.child.kill('SIGKILL');
        await platform.ended;
        ({ platform, url } = await start());
        desk = await connectDesk({ url: url!, device });
      } else {
        replies.set(command.commandId, [await reply]);
      }
      const again = await desk.ask('command', command);
      replies.set(command.commandId, [...(replies.get(command.commandId) ?? []), again]);
      desk.close();
    }
    platform.child.kill('SIGTERM');
    expect((await platform.ended).how).toBe(0);
    const ids = commands.map(({ commandId }) => commandId);
    const granted = ids.map((commandId) => ({ ok: true, commandId, factCount: 1 }));
    expect([...replies.values()].map((given) => given.at(-1))).toEqual(granted);
    expect([...replies.values()].every((given) => given.every((reply) => JSON.stringify(reply) === JSON.stringify(given[0])))).toBe(true);
    expect(await recordedCommands()).toEqual(ids);
  });
});

describe('starting', () => {
  test('twice on one data folder is refused with a sentence, and works again after a kill', async () => {
    const first = await start();
    const second = await start();
    const refused = await second.platform.ended;
    first.platform.child.kill('SIGKILL');
    await first.platform.ended;
    const third = await start();
    expect([second.url, refused.how, refused.said.includes(`A platform already runs on ${data}.`), third.url === null]).toEqual([
      null,
      1,
      true,
      false,
    ]);
  });

  test('on a port that is taken is refused with a sentence', async () => {
    const first = await start();
    const port = new URL(first.url!).port;
    const second = startPlatform({ data: path.join(data, 'other'), args: ['--port', port] });
    started.push(second);
    const { how, said } = await second.ended;
    expect([how, said.includes(`Port ${port} on 127.0.0.1 is taken.`)]).toEqual([1, true]);
  });

  test('with a wrong option is refused with a sentence', async () => {
    const { platform } = await start(['--scale', 'village']);
    const { how, said } = await platform.ended;
    expect([how, said.includes('--scale must be county or prefecture, not "village"')]).toEqual([1, true]);
  });
});

describe('a first start', () => {
  /** A documentation address (RFC 5737) that no machine has: who is let through to it fails in listening, and nothing is ever open to others. */
  const foreign = ['--host', '192.0.2.1'];
  const startForeign = async (args: readonly string[]) => {
    const platform = startPlatform({ data, args: [...foreign, ...args] });
    started.push(platform);
    return { url: await platform.ready, ...(await platform.ended) };
  };

  test('is for this machine only until somebody administers, and a demo always', async () => {
    const refused = await startForeign([]);
    expect([refused.url, refused.how]).toEqual([null, 1]);
    expect(refused.said).toContain('Nobody administers this platform yet: start it with --host 127.0.0.1 first');
    const { platform, url } = await start();
    await claimAdministrator({ platform, url: url! });
    platform.child.kill('SIGTERM');
    await platform.ended;
    expect((await startForeign([])).said).toContain('Without encryption everybody on the network reads passwords and pictures: add --tls');
    for (const asked of ['--plain-http', '--tls']) {
      const { said } = await startForeign([asked]);
      expect(said).toContain('EADDRNOTAVAIL');
      expect(said).not.toContain('Nobody administers');
    }
    rmSync(data, { recursive: true });
    const demo = await startForeign(['--demo']);
    expect([demo.how, demo.said]).toEqual([1, expect.stringContaining('The demo shows its passwords to everybody')]);
  });
});

describe('an encrypted platform', () => {
  test('makes its authority at the first start, tells its fingerprint, and shows it again after the next', async () => {
    const fingerprintOf = (said: string) => /first time show this fingerprint of .*: ([0-9A-F:]{95})\n/.exec(said)?.[1];
    const fingerprints = [];
    for (const _ of ['first', 'next']) {
      const { platform, url } = await start(['--tls']);
      expect(url).toMatch(/^https:\/\/127\.0\.0\.1:/);
      await expect(fetch(`${url}/api/health`)).rejects.toThrow('fetch failed');
      platform.child.kill('SIGTERM');
      fingerprints.push(fingerprintOf((await platform.ended).said));
    }
    expect([fingerprints[0]?.length, fingerprints[0] === fingerprints[1]]).toEqual([95, true]);
  });

  test('does not start with a certificate that desks would not believe, and says why', async () => {
    const [own, other] = [await (await makeTestAuthority()).sign({ atMs: daysAwayMs(-200) }), await makeTestAuthority()];
    const files = { cert: own.cert, key: (await other.sign()).key, ca: own.authority.certificate };
    const args = Object.entries(files).flatMap(([name, text]) => {
      writeFileSync(path.join(data, `${name}.pem`), text);
      return [`--tls-${name}`, path.join(data, `${name}.pem`)];
    });
    const { platform } = await start(args);
    const { how, said } = await platform.ended;
    expect([how, said]).toEqual([1, expect.stringMatching(/The key does not fit the certificate.* expired on /)]);
  });
});
