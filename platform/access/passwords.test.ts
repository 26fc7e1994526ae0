import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { argonCost, createArgonPasswords } from './passwords.ts';

const cheap = { memory: 64, passes: 1, parallelism: 1 };
const passwords = createArgonPasswords({ newSalt: (bytes) => randomBytes(bytes), cost: cheap });

test('a password is right or wrong, and two hashes of it differ', async () => {
  const [one, other] = [await passwords.hash('值班 2026'), await passwords.hash('值班 2026')];
  expect([await passwords.verify('值班 2026', one), await passwords.verify('值班 2027', one), one === other]).toEqual([true, false, false]);
});

test('a hash says how it was made, so that dearer ones can follow', async () => {
  const dear = createArgonPasswords({ newSalt: (bytes) => randomBytes(bytes) });
  const stored = await dear.hash('secret');
  expect(stored).toContain(`$argon2id$v=19$m=${argonCost.memory},t=${argonCost.passes},p=${argonCost.parallelism}$`);
  expect(await passwords.verify('secret', stored)).toBe(true);
});

test("what is no hash is nobody's password", async () => {
  expect([await passwords.verify('', ''), await passwords.verify('x', '$argon2id$v=19$m=64,t=1,p=1$AA')]).toEqual([false, false]);
});

test('a flood of log-ins is turned away instead of taking the memory', async () => {
  const stored = await passwords.hash('secret');
  const outcomes = await Promise.allSettled(Array.from({ length: 200 }, () => passwords.verify('secret', stored)));
  const kept = outcomes.filter(({ status }) => status === 'fulfilled').length;
  expect([kept, outcomes.length - kept]).toEqual([66, 134]);
});
