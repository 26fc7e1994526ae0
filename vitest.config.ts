import { defineConfig } from 'vitest/config';

const neverTests = ['**/node_modules/**', 'dist/**', 'data/**', '.cache/**', 'test/layers/fixtures/**'];

// What is awaited with expect.poll comes when the machine gets to it: a busy one may stand still for seconds, and that decides nothing.
const patient = { poll: { timeout: 30_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          // Style sheets are empty in tests, but for the one whose values are tested.
          css: { include: [/look\/tokens\.css/] },
          include: [
            '{contract,main,electron,kiosk,platform,renderer,tools}/**/*.test.{ts,tsx}',
            'test/{fakes,builders,recorded}/**/*.test.ts',
          ],
          exclude: neverTests,
          expect: patient,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'layers',
          environment: 'node',
          include: ['test/layers/**/*.test.ts'],
          exclude: neverTests,
          // Each test starts a linter or a compiler; on two busy cores that takes a while and says nothing about correctness.
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integration',
          environment: 'node',
          include: ['test/integration/**/*.test.ts'],
          exclude: neverTests,
          expect: patient,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // Real processes, real ports, one machine: side by side they would measure each other.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
