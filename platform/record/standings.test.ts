import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PersonId } from '#contract/values/index.ts';
import { createStandingFile, disabledIn, keepStandings } from './standings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'standings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const li = 'li' as PersonId;
const wang = 'wang' as PersonId;

test('says of each account the last that was said, and grows only by what has changed', () => {
  const standings = createStandingFile(path.join(folder, 'list.jsonl'));
  const keep = (standing: 'in' | 'out', nowMs: number) => {
    const people = [
      { personId: li, isDisabled: standing === 'out' },
      { personId: wang, isDisabled: false },
    ];
    keepStandings({ people, standings, nowMs });
  };
  keep('out', 1);
  keep('out', 2);
  keep('in', 3);
  expect(disabledIn(standings.read()).size).toBe(0);
  keep('out', 4);
  expect([...disabledIn(standings.read())]).toEqual([li]);
  expect(standings.read()).toEqual([
    { personId: li, isDisabled: true, atMs: 1 },
    { personId: li, isDisabled: false, atMs: 3 },
    { personId: li, isDisabled: true, atMs: 4 },
  ]);
});

test('a line that a power cut has torn hides neither the one before it nor the one behind it', () => {
  const file = path.join(folder, 'list.jsonl');
  const standings = createStandingFile(file);
  standings.append([{ personId: li, isDisabled: true, atMs: 1 }]);
  appendFileSync(file, '{"personId":"wan');
  standings.append([{ personId: wang, isDisabled: true, atMs: 2 }]);
  expect([...disabledIn(standings.read())]).toEqual([li, wang]);
});
