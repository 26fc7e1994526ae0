/**
 * `npm run dev`: platform and room (as a browser tab), started again when their files change, and the windows built again when theirs do.
 * Reload the tab to see a change in a window.
 */
import path from 'node:path';
import { node24Path, projectRoot } from './node24.mjs';
import { setupSteps } from './setup/steps.mjs';
import { runSetup, tellProblems } from './setup.mjs';
import { startChild } from './start/children.mjs';

const dataFolder = path.join(projectRoot, 'data/dev');
const logFolder = path.join(dataFolder, 'logs');

await tellProblems(async () => {
  await runSetup({ steps: setupSteps({ uses: ['platform'], builds: ['renderer'], demo: 'yes' }) });
  const file = node24Path() ?? process.execPath;
  const script = (/** @type {string} */ relative) => path.join(projectRoot, relative);
  const platform = startChild({
    name: 'platform',
    file,
    args: [
      '--watch',
      '--watch-preserve-output',
      script('platform/bin/platform.ts'),
      '--data',
      path.join(dataFolder, 'platform'),
      '--port',
      '8420',
      '--demo',
      '--scale',
      'county',
    ],
    logFolder,
    onReady: (url) => console.log(`platform: ${url}`),
  });
  const platformUrl = await platform.ready;
  const room = startChild({
    name: 'room',
    file,
    args: [
      '--watch',
      '--watch-preserve-output',
      script('kiosk/bin/room.ts'),
      '--shell',
      'tab',
      '--data',
      path.join(dataFolder, 'room'),
      '--platform',
      platformUrl,
      '--lang',
      'zh',
      '--demo-login',
      'duty',
    ],
    logFolder,
    onReady: (url) => console.log(`room: open ${url}`),
  });
  const windows = startChild({
    name: 'windows',
    file,
    args: [
      script('node_modules/vite/bin/vite.js'),
      'build',
      '--watch',
      '--config',
      script('renderer/vite.config.ts'),
      '--logLevel',
      'warn',
    ],
    logFolder,
  });
  console.log('Ctrl+C ends it. `npm run reset` starts from the first day.');
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  for (const child of [windows, room, platform]) await child.stop();
  process.exit(0);
});
