import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { type KillablePlatform, openKillablePlatform } from '../builders/killablePlatform.ts';
import { faultReport } from '../builders/openDesk.ts';
import { connectDesk } from '../fakes/busDesk.ts';

const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) process.stderr.write('SKIPPED: strace may not trace processes here, so the failing disk is not tried\n');

let platform: KillablePlatform | null = null;
let strace: ChildProcess | null = null;
afterEach(async () => {
  strace?.kill('SIGKILL');
  strace = null;
  await platform?.remove();
  platform = null;
});

/** From now on every sync of this process fails as on a broken disk. Resolves when it does. */
async function breakDisk(pid: number): Promise<() => Promise<void>> {
  const words = ['-f', '-p', String(pid), '-e', 'trace=fdatasync,fsync', '-e', 'inject=fdatasync,fsync:error=EIO'];
  const tracing = spawn('strace', words, { stdio: ['ignore', 'ignore', 'pipe'] });
  strace = tracing;
  const lines = createInterface({ input: tracing.stderr });
  for await (const line of lines) if (line.includes('attached')) break;
  tracing.stderr.resume();
  return async () => {
    tracing.kill('SIGINT');
    await once(tracing, 'exit');
  };
}

const healthOf = async (url: string) => ((await (await fetch(`${url}${routes.health}`)).json()) as { record: string }).record;

test.skipIf(!canTrace)(
  'a disk that fails at the sync makes the record read-only: refused with words, reads go on, and a restart goes on',
  async () => {
    platform = await openKillablePlatform({ cameras: 4 });
    const { url, session } = platform;
    const device = await platform.enrol();
    const desk = await connectDesk({ url, device });
    const command = (index: number) => faultReport({ session, cameraId: `no-c${index}`, deskSeq: index + 1 });
    const [before, failing, after] = [command(0), command(1), command(2)];
    const granted = await desk.ask('command', before);
    const healthy = await healthOf(url);
    const mendDisk = await breakDisk(platform.process().child.pid ?? 0);
    const refusals = [await desk.ask('command', failing), await desk.ask('command', after)];
    await mendDisk();
    // The disk works again, and is not believed.
    const distrusted = await desk.ask('command', after);
    const clock = await desk.ask('clock', {});
    const directory = await fetch(`${url}${routes.directory}/cameras`, { headers: { authorization: `Bearer ${session}` } });
    const readOnly = { ok: false, refusal: { code: 'bus.readOnly' } };
    expect({ granted, healthy, refusals, distrusted, clock, directory: directory.status, now: await healthOf(url) }).toMatchObject({
      granted: { ok: true },
      healthy: 'writable',
      refusals: [readOnly, readOnly],
      distrusted: readOnly,
      clock: { platformNowMs: expect.any(Number) },
      directory: 200,
      now: 'readOnly',
    });
    desk.close();
    await platform.kill();
    expect((await platform.recorded()).map(({ fact }) => fact.commandId)).toEqual([before.commandId]);
    await platform.start();
    const again = await connectDesk({ url, device });
    expect([await again.ask('command', failing), await healthOf(url)]).toMatchObject([{ ok: true }, 'writable']);
    again.close();
  },
);

/** A platform that was killed with three acknowledged commands in its write-ahead log. */
async function killedWithLog() {
  const opened = await openKillablePlatform({ cameras: 3 });
  platform = opened;
  const { url, session, data } = opened;
  const desk = await connectDesk({ url, device: await opened.enrol() });
  const commands = [0, 1, 2].map((index) => faultReport({ session, cameraId: `no-c${index}`, deskSeq: index + 1 }));
  for (const command of commands) expect(await desk.ask('command', command)).toMatchObject({ ok: true });
  desk.close();
  await opened.kill();
  const log = path.join(data, 'record.sqlite-wal');
  return { opened, commands, log, mark: path.join(data, 'record.sqlite.acknowledged') };
}

const damages = {
  'is cut short': (log: string) => truncateSync(log, statSync(log).size - 4096 * 2),
  'has a torn page at its end': (log: string) => {
    const bytes = readFileSync(log);
    bytes.fill(0, bytes.length - 2048);
    writeFileSync(log, bytes);
  },
  'is gone': (log: string) => rmSync(log),
};

test.each(Object.entries(damages))(
  'a record whose write-ahead log %s is refused with a sentence, not opened with less than was acknowledged',
  async (_name, damage) => {
    const { opened, log, mark } = await killedWithLog();
    damage(log);
    expect(await opened.start()).toBeNull();
    const { said } = await opened.process().ended;
    expect(said).toContain('record.sqlite has lost its end: it had');
    // Whoever has no backup may go on with what is there, and has to say so.
    rmSync(mark);
    expect(await opened.start()).not.toBeNull();
  },
);

test('the same record with its log as it was starts with everything that was acknowledged', async () => {
  const { opened, commands, mark } = await killedWithLog();
  expect([await opened.start(), existsSync(mark)]).toEqual([opened.url, true]);
  await opened.kill();
  expect((await opened.recorded()).map(({ fact }) => fact.commandId)).toEqual(commands.map(({ commandId }) => commandId));
});
