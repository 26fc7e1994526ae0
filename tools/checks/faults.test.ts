import { describe, expect, test } from 'vitest';
import { checkFaults } from './faults.mjs';
import { memoryTree } from './findings.mjs';

const file = 'test/integration/faults/frames.test.ts';
const tests = "test('of 1 MB ends its connection', () => {});";
const row = (number: number, cell: string) => `| ${number} | tried | promised | ${cell} |`;
const good = Array.from({ length: 40 }, (_, index) => row(index + 1, `\`${file}\` › of 1 MB ends its connection<br>not built: the rest`));

const checked = (rows: readonly string[]) => checkFaults(memoryTree({ 'docs/faults.md': rows.join('\n'), [file]: tests }));

describe('the check of the forty things', () => {
  test('is content with a test that exists, and with what waits for something', () => {
    expect(checked([...good.slice(0, 39), row(40, 'not built: alarms')])).toEqual([]);
  });

  test('finds a thing that is missing, twice there, without a test, and with one that nobody wrote', () => {
    const rows = [
      ...good.slice(0, 36),
      row(1, 'not built: x'),
      row(37, ''),
      row(38, `\`${file}\` › of 1 MB`),
      row(39, '`none.test.ts` › x'),
    ];
    expect(checked(rows)).toEqual([
      'docs/faults.md: thing 1 has not exactly one row',
      'docs/faults.md: thing 40 has not exactly one row',
      'docs/faults.md: thing 37 names no test and does not say what it waits for',
      `docs/faults.md: thing 38: ${file} has no test "of 1 MB"`,
      'docs/faults.md: thing 39: none.test.ts has no test "x"',
    ]);
  });

  test('holds the lettered ones to the same', () => {
    const cell = (name: string) => `| C1 | tried | promised | \`${file}\` › ${name} |`;
    expect([checked([...good, cell('of 1 MB ends its connection')]), checked([...good, cell('of 2 MB')])]).toEqual([
      [],
      [`docs/faults.md: thing C1: ${file} has no test "of 2 MB"`],
    ]);
  });
});
