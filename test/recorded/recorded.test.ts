import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FactType, newestVersions, parseFact } from '#contract/catalogue/index.ts';
import { Fact } from '#contract/record/index.ts';

/** One example of every (type, v) that was ever released: what lies in counties' records for years must be read for years. */
const examples = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, fact: Fact.parse(JSON.parse(readFileSync(path.join(import.meta.dirname, name), 'utf8'))) }));

describe('what was once recorded', () => {
  test.each(examples)('$name is still read', ({ name, fact }) => {
    expect(name).toBe(`${fact.type}.v${fact.v}.json`);
    expect(parseFact(fact)).toMatchObject({ type: fact.type, atMs: fact.atMs });
  });

  test('has an example of every version of every type', () => {
    const wanted = (Object.keys(newestVersions) as FactType[]).flatMap((type) =>
      Array.from({ length: newestVersions[type] }, (_, index) => `${type}.v${index + 1}.json`),
    );
    expect(examples.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
  });
});
