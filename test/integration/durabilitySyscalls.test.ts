import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readAckOrder, straceWords } from '../builders/ackOrder.ts';
import { type KillablePlatform, openKillablePlatform } from '../builders/killablePlatform.ts';
import { faultReport } from '../builders/openDesk.ts';
import { connectDesk } from '../fakes/busDesk.ts';

const count = 20;
const canTrace = spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
if (!canTrace) process.stderr.write('SKIPPED: strace may not trace processes here, so the order of fsync and ack is not proven\n');

let platform: KillablePlatform | null = null;
afterEach(() => platform?.remove());

/** Commands one after the other, each answered, under strace; what the calls say of each. */
async function orderOfCalls(env: Readonly<Record<string, string>>) {
  platform = await openKillablePlatform({ cameras: count });
  const { url, data, session } = platform;
  const device = await platform.enrol();
  await platform.kill();
  const file = path.join(data, 'calls.txt');
  await platform.start({ env, under: straceWords(file) });
  const desk = await connectDesk({ url, device });
  const commands = Array.from({ length: count }, (_, index) => faultReport({ session, cameraId: `no-c${index}`, deskSeq: index + 1 }));
  for (const command of commands) await desk.ask('command', command);
  desk.close();
  platform.process().child.kill('SIGTERM');
  await platform.process().ended;
  return readAckOrder({ trace: readFileSync(file, 'utf8'), commandIds: commands.map(({ commandId }) => commandId) });
}

test.skipIf(!canTrace)('nobody is told of a command before the log that holds it is synced to the disk', async () => {
  expect(await orderOfCalls({})).toEqual(Array.from({ length: count }, () => 'synced'));
});

test.skipIf(!canTrace)('the same look at a record that does not wait for the disk finds every command told too early', async () => {
  expect(await orderOfCalls({ COMMANDWALL_TEST_SYNCHRONOUS: 'NORMAL' })).toEqual(Array.from({ length: count }, () => 'early'));
});
