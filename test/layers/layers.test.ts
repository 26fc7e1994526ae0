import { describe, expect, test } from 'vitest';
import { checkFixture, readFixtures } from './fixtureRun.ts';

describe.concurrent('what the house forbids is refused, and its lawful twin is not', () => {
  test.each(readFixtures())('$name', async ({ name, expected }) => {
    const { tool, rule, message, file } = expected;
    const broken = await checkFixture({ name, side: 'broken', tool });
    expect(broken).toContainEqual({ rule, message: expect.stringContaining(message), file });
    expect(await checkFixture({ name, side: 'lawful', tool })).toEqual([]);
  });
});
