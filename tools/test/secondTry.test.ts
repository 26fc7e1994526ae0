import path from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../node24.mjs';
import { countBoth, secondTry } from './secondTry.mjs';
import type { Stage } from './stages.mjs';

const integration: Stage = {
  name: 'integration',
  args: ['vitest.mjs', 'run', '--outputFile.json=/r/integration.json'],
  limitMs: 1,
  counts: 'vitest',
  report: '/r/integration.json',
};
const e2e: Stage = {
  name: 'e2e',
  args: ['cli.js', 'test'],
  limitMs: 1,
  counts: 'playwright',
  report: '/r/e2e.json',
  env: { PLAYWRIGHT_JSON_OUTPUT_NAME: '/r/e2e.json', DISPLAY: ':9' },
};

function vitestReport(files: Record<string, readonly string[]>): string {
  const testResults = Object.entries(files).map(([file, failed]) => ({
    name: path.join(projectRoot, file),
    status: file.startsWith('good') ? 'passed' : 'failed',
    assertionResults: [{ fullName: 'fine', status: 'passed' }, ...failed.map((fullName) => ({ fullName, status: 'failed' }))],
  }));
  return JSON.stringify({ testResults });
}

test('the files of failed tests are run once more, alone, into a report of their own', () => {
  const report = vitestReport({ 'good.test.ts': [], 'test/a.test.ts': ['one', 'two'], 'test/b.test.ts': [] });
  const again = secondTry({ stage: integration, report });
  expect(again?.stage.args).toEqual([
    'vitest.mjs',
    'run',
    '--outputFile.json=/r/integration.again.json',
    'test/a.test.ts',
    'test/b.test.ts',
  ]);
  expect([again?.stage.report, again?.failed]).toEqual([
    '/r/integration.again.json',
    ['test/a.test.ts > one', 'test/a.test.ts > two', 'test/b.test.ts'],
  ]);
});

test('a page of a browser is tried again by its file too, however deep the test lies', () => {
  const report = JSON.stringify({
    config: { rootDir: path.join(projectRoot, 'test/e2e') },
    suites: [
      {
        file: 'room.e2e.ts',
        specs: [{ title: 'fine', ok: true }],
        suites: [{ file: 'room.e2e.ts', specs: [{ title: 'drag', ok: false }] }],
      },
    ],
  });
  const again = secondTry({ stage: e2e, report });
  expect([again?.stage.args.at(-1), again?.stage.env, again?.failed]).toEqual([
    'test/e2e/room.e2e.ts',
    { PLAYWRIGHT_JSON_OUTPUT_NAME: '/r/e2e.again.json', DISPLAY: ':9' },
    ['test/e2e/room.e2e.ts > drag'],
  ]);
});

test('a check, a stage without a report, one without a failed test and one with many broken files are not tried again', () => {
  const many = vitestReport({ 'a.test.ts': ['x'], 'b.test.ts': ['x'], 'c.test.ts': ['x'], 'd.test.ts': ['x'] });
  expect([
    secondTry({ stage: { name: 'types', args: [], limitMs: 1, counts: 'check' }, report: undefined }),
    secondTry({ stage: integration, report: undefined }),
    secondTry({ stage: integration, report: vitestReport({ 'good.test.ts': [] }) }),
    secondTry({ stage: integration, report: many }),
  ]).toEqual([null, null, null, null]);
});

test('what fails twice has failed; what passes at the second try has passed', () => {
  const first = { passed: 10, failed: 2, skipped: 1 };
  expect([0, 1, 2].map((failed) => countBoth({ first, second: { passed: 2 - failed, failed, skipped: 0 } }))).toEqual([
    { passed: 12, failed: 0, skipped: 1 },
    { passed: 11, failed: 1, skipped: 1 },
    { passed: 10, failed: 2, skipped: 1 },
  ]);
});
