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
/** Asked only after the set-up has put it there. */
const node24 = () => node24Path() ?? process.execPath;

process.chdir(projectRoot);

await tellProblems(async () => {
  await runSetup({ steps: setupSteps({ uses: ['platform'], builds: ['renderer'], demo: 'yes' }) });
  const platform = startScript({
    name: 'platform',
    args: ['platform/bin/platform.ts', '--data', path.join(dataFolder, 'platform'), '--port', '8420', '--demo', '--scale', 'county'],
    onReady: (url) => console.log(`platform: ${url}`),
  });
  const desk = ['--data', path.join(dataFolder, 'room'), '--platform', await platform.ready, '--lang', 'zh', '--demo-login', 'duty'];
  const room = startScript({
    name: 'room',
    args: ['kiosk/bin/room.ts', '--shell', 'tab', ...desk],
    keyboard: process.stdin,
    onReady: (url) => console.log(`room: open ${url}`),
  });
  const windows = startChild({
    name: 'windows',
    file: node24(),
    args: ['node_modules/vite/bin/vite.js', 'build', '--watch', '--config', 'renderer/vite.config.ts', '--logLevel', 'warn'],
    logFolder,
  });
  console.log('Ctrl+C ends it. `npm run reset` starts from the first day.');
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  for (const child of [windows, room, platform]) await child.stop();
  process.exit(0);
});

/**
 * A process that Node starts again when one of its files changes; it says its address each time.
 * @param {{ name: string, args: readonly string[], onReady: (url: string) => void, keyboard?: NodeJS.ReadableStream }} options
 */
function startScript({ args, ...options }) {
  const watch = ['--disable-warning=ExperimentalWarning', '--watch', '--watch-preserve-output'];
  return startChild({ ...options, file: node24(), args: [...watch, ...args], logFolder });
}
