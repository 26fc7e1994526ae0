import { describe, expect, test } from 'vitest';
import { allStages, countTests, lastLine, quickStages, type Stage } from './stages.mjs';

const check: Stage = { name: 'types', args: [], limitMs: 1, counts: 'check' };
const unit: Stage = { name: 'unit', args: [], limitMs: 1, counts: 'vitest', report: 'x' };
const e2e: Stage = { name: 'e2e', args: [], limitMs: 1, counts: 'playwright', report: 'x' };
const vitestReport = JSON.stringify({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });
const playwrightReport = JSON.stringify({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } });

describe('counting a run', () => {
  test('a check counts as one', () => {
    expect([0, 1].map((code) => countTests({ stage: check, code, report: undefined }))).toEqual([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 0, failed: 1, skipped: 0 },
    ]);
  });

  test('tests are counted from the reports; a test that only passed at the second attempt failed', () => {
    expect(countTests({ stage: unit, code: 1, report: vitestReport })).toEqual({ passed: 7, failed: 1, skipped: 3 });
    expect(countTests({ stage: e2e, code: 1, report: playwrightReport })).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  test('a stage that crashed or hung counts as a failure although no test failed', () => {
    const allPassed = JSON.stringify({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 });
    expect(countTests({ stage: unit, code: 1, report: allPassed })).toEqual({ passed: 7, failed: 1, skipped: 0 });
    expect(countTests({ stage: unit, code: 124, report: undefined })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a stage without a report proved nothing', () => {
    expect(countTests({ stage: unit, code: 0, report: undefined })).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('the last line is plain', () => {
    expect(lastLine({ passed: 12, failed: 0, skipped: 1 })).toBe('12 passed, 0 failed, 1 skipped');
  });
});

describe('the stages', () => {
  test('quick is a part of everything', () => {
    const all = allStages().map(({ name }) => name);
    expect(quickStages().filter(({ name }) => !all.includes(name))).toEqual([]);
  });
});
