import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { createArgonPasswords } from '#platform/access/index.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { openTestPlatform } from '../builders/platform.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const closing of opened.splice(0).toReversed()) await closing.close();
});

/** A log-in from another address of this machine: to the platform, another desk. */
function logInFrom({ url, address, password, account = 'duty' }: { url: string; address: string; password: string; account?: string }) {
  const headers = { 'content-type': 'application/json' };
  return new Promise<number>((resolve, reject) => {
    request(`${url}${routes.login}`, { method: 'POST', headers, localAddress: address }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end(JSON.stringify({ account, password }));
  });
}

test('five wrong tries lock the account where they were made; another desk gets in with the right password', async () => {
  const platform = await openTestPlatform();
  opened.push(platform);
  const { url } = platform;
  const tries = [];
  for (let guess = 0; guess < 5; guess += 1) tries.push(await logInFrom({ url, address: '127.0.0.66', password: 'guess' }));
  const guesser = await logInFrom({ url, address: '127.0.0.66', password: 'duty-demo' });
  const otherAccount = await logInFrom({ url, address: '127.0.0.66', account: 'leader', password: 'leader-demo' });
  const otherDesk = await logInFrom({ url, address: '127.0.0.2', password: 'duty-demo' });
  expect([tries, guesser, otherAccount, otherDesk]).toEqual([[401, 401, 401, 401, 401], 429, 200, 200]);
});

test('while 1,000 log-ins flood the platform a command settles and its fact is told, and a right password is heard afterwards', async () => {
  // The real cost of a password: the flood must not starve the bus of threads or memory.
  const passwords = createArgonPasswords({ newSalt: (bytes) => randomBytes(bytes) });
  const platform = await openTestPlatform({ passwords });
  opened.push(platform);
  const { url } = platform;
  const { desk, session } = await openCountyDesk(url);
  opened.push(desk);
  await desk.resume([{ feed: 'county/testland', position: null }]);

  let over = 0;
  const flood = Array.from({ length: 1_000 }, async (_, index) => {
    const status = await logInFrom({ url, address: `127.0.1.${(index % 250) + 1}`, account: `guess-${index}`, password: 'x' });
    over += 1;
    return status;
  });
  // The first answer shows that the flood has arrived.
  await Promise.race(flood);
  const reply = await desk.ask('command', faultReport({ session }));
  await desk.until(() => desk.told.facts.length === 1);
  const stillFlooding = 1_000 - over;
  const statuses = await Promise.all(flood);
  const right = await logInFrom({ url, address: '127.0.0.2', password: 'duty-demo' });
  process.stdout.write(`${stillFlooding} log-ins of the flood were still waiting when the fact was told\n`);
  expect(reply).toMatchObject({ ok: true, factCount: 1 });
  expect(stillFlooding).toBeGreaterThan(0);
  expect([statuses.filter((status) => status !== 401 && status !== 429), right]).toEqual([[], 200]);
});
