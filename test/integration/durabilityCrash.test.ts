import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Handshake } from '#contract/bus/index.ts';
import { faultReport } from '../builders/openDesk.ts';
import { type KillablePlatform, openKillablePlatform } from '../builders/killablePlatform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

/** Each crash takes a start of the platform and one more: the long form has the figure of protocol.md. */
const times = process.env['COMMANDWALL_LONG'] === '1' ? 100 : 4;

let platform: KillablePlatform;
let device: Handshake;
let deskSeq = 0;
beforeAll(async () => {
  platform = await openKillablePlatform({ cameras: 2 * times });
  device = await platform.enrol();
  await platform.kill();
});
afterAll(() => platform.remove());

/** Asks once of a platform that dies at `stopAt`, and twice of the one that comes after it. */
async function askAcrossACrash(stopAt: 'beforeCommit' | 'afterCommit') {
  const { url, session } = platform;
  deskSeq += 1;
  const command = faultReport({ session, deskSeq, cameraId: `no-c${deskSeq - 1}` });
  await platform.start({ env: { COMMANDWALL_TEST_STOP_AT: stopAt } });
  const dying = await connectDesk({ url, device });
  const first = await Promise.race([
    dying.ask('command', command).catch(() => 'no reply'),
    platform.process().ended.then(() => 'no reply'),
  ]);
  const { how } = await platform.process().ended;
  const before = await platform.recorded();
  await platform.start();
  const desk = await connectDesk({ url, device });
  const replies = [await desk.ask('command', command), await desk.ask('command', command)];
  desk.close();
  dying.close();
  await platform.kill();
  const after = await platform.recorded();
  const effects = (facts: typeof after) => facts.filter(({ fact }) => fact.commandId === command.commandId).length;
  return { how, first, commandId: command.commandId, replies, effects: [effects(before), effects(after)] };
}

const points = [
  { name: 'between receiving a command and its commit', stopAt: 'beforeCommit', atDeath: 0 },
  { name: 'between its commit and its reply', stopAt: 'afterCommit', atDeath: 1 },
] as const;

test.each(points)(`a platform killed $name, ${times} times: one effect, one reply`, { timeout: 1_800_000 }, async ({ stopAt, atDeath }) => {
  const seen = [];
  for (let count = 0; count < times; count += 1) seen.push(await askAcrossACrash(stopAt));
  expect(seen).toEqual(
    seen.map(({ commandId }) => {
      const reply = { ok: true, commandId, factCount: 1 };
      return { how: 'SIGKILL', first: 'no reply', commandId, replies: [reply, reply], effects: [atDeath, 1] };
    }),
  );
});
