import { defineConfig } from '@playwright/test';

/** Debian's Chromium: nothing is downloaded. Another browser: COMMANDWALL_CHROMIUM=/path. */
const executablePath = process.env.COMMANDWALL_CHROMIUM ?? '/usr/bin/chromium';

/** Root cannot use Chromium's sandbox; only test machines run as root. */
const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  // One room at a time: the tests share displays, processors and decoders.
  workers: 1,
  timeout: 180_000,
  expect: { timeout: 30_000 },
  forbidOnly: true,
  retries: 0,
  use: {
    browserName: 'chromium',
    headless: true,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      chromiumSandbox: !isRoot,
      // The flags of the kiosk (field notes on media): muted or not, pictures must start and go on without a gesture.
      args: [
        '--autoplay-policy=no-user-gesture-required',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-background-timer-throttling',
        '--disable-backgrounding-occluded-windows',
        '--disable-renderer-backgrounding',
      ],
    },
  },
});
