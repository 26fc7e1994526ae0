/**
 * `npm start`: sets up what is missing, starts the platform (unless another one is named) and the room, and keeps them together.
 * Plain JavaScript with built-ins of Node >= 20 only.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { node24Path, projectRoot } from './node24.mjs';
import { countMissingLoops } from './setup/builds.mjs';
import { findProgram, SetupProblem } from './setup/command.mjs';
import { setupSteps } from './setup/steps.mjs';
import { browserPrograms } from './setup/systemPackages.mjs';
import { runSetup, tellProblems } from './setup.mjs';
import { startChild } from './start/children.mjs';
import { endLeftOvers, forgetRoom, recordRoom, runningRoom } from './start/roomLock.mjs';
import { chooseShell, parseStart, startHelp } from './startOptions.mjs';

/** @typedef {import('./startOptions.mjs').StartOptions} StartOptions */
/** @typedef {import('./startOptions.mjs').Shell} Shell */
/** @typedef {import('./start/children.mjs').Child} Child */

const electronBinary = path.join(projectRoot, 'node_modules', 'electron', 'dist', 'electron');

/** What Node says about its own features is nothing for a duty officer. */
const quietNode = ['--disable-warning=ExperimentalWarning'];

await tellProblems(main);

async function main() {
  const parsed = parseStart(process.argv.slice(2));
  if (parsed.kind === 'help') return console.log(startHelp());
  if (parsed.kind === 'wrong') throw new SetupProblem({ what: `npm start: ${parsed.message}.`, todo: 'All options:  npm start -- --help' });
  const { options } = parsed;
  const dataFolder = path.resolve(options.data);
  const shell = pickShell(options.shell);
  takeDataFolder(dataFolder);
  await runSetup({ steps: setupSteps(stepsFor({ options, shell })) });
  const toDraw = options.platform === undefined ? await countMissingLoops() : 0;
  await runRoom({ options, shell, dataFolder, toDraw });
}

/** @param {Shell | undefined} asked */
function pickShell(asked) {
  const choice = chooseShell({
    asked,
    machine: {
      hasElectron: existsSync(electronBinary),
      hasDisplay: Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY),
      hasBrowser: findProgram(browserPrograms) !== undefined,
      isRoot: process.getuid?.() === 0,
      canInstall: process.getuid?.() === 0 && findProgram(['apt-get']) !== undefined,
    },
  });
  if (choice.kind === 'impossible') throw new SetupProblem({ what: choice.message, todo: 'All options:  npm start -- --help' });
  console.log(`shell: ${choice.shell} (${choice.why})`);
  return choice.shell;
}

/** @param {string} dataFolder */
function takeDataFolder(dataFolder) {
  const running = runningRoom(dataFolder);
  if (running !== undefined) {
    throw new SetupProblem({
      what: `A room already runs on ${dataFolder} (process ${running}).`,
      todo: 'End that one with Ctrl+C, or start this one with another folder: npm start -- --data DIR',
    });
  }
  const ended = endLeftOvers(dataFolder);
  if (ended > 0) console.log(`ended ${ended} process(es) that an earlier start left behind`);
  recordRoom({ dataFolder, childPids: [] });
}

/**
 * @param {{ options: StartOptions, shell: Shell }} choice
 * @returns {Parameters<typeof setupSteps>[0]}
 */
function stepsFor({ options, shell }) {
  const startsPlatform = options.platform === undefined;
  return {
    uses: [...(startsPlatform ? /** @type {const} */ (['platform']) : []), ...(shell === 'kiosk' ? /** @type {const} */ (['kiosk']) : [])],
    builds: shell === 'electron' ? ['renderer', 'electron'] : ['renderer'],
    // The rest is drawn while the room runs: nobody waits for pictures that he does not see yet.
    demo: startsPlatform ? 'firstWall' : 'no',
    scale: options.scale,
  };
}

/** @param {{ options: StartOptions, shell: Shell, dataFolder: string, toDraw: number }} run toDraw: demo pictures that are not there yet */
async function runRoom({ options, shell, dataFolder, toDraw }) {
  /** @type {Child[]} */
  const children = [];
  /** @type {Child[]} */
  const beside = [];
  const recordAll = () => recordRoom({ dataFolder, childPids: [...children, ...beside].map(({ pid }) => pid) });
  const keep = (/** @type {Child} */ child) => {
    children.push(child);
    recordAll();
    return child;
  };
  let isEnding = false;
  const interrupted = new Promise((/** @type {(why: string) => void} */ resolve) => {
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => resolve('stopping'));
  });
  const logFolder = path.join(dataFolder, 'logs');
  const opened = openAll({ options, shell, dataFolder, logFolder, keep });
  void opened.then(
    () => {
      if (toDraw === 0 || isEnding) return;
      beside.push(drawTheRest({ toDraw, logFolder }));
      recordAll();
    },
    () => {},
  );
  // Whatever comes first decides: Ctrl+C, a start that fails, or the end of either process.
  const why = await Promise.race([
    interrupted,
    opened.then(
      () => Promise.race(children.map(async ({ name, ended }) => `${name} ${await ended}`)),
      (/** @type {Error} */ error) => error.message,
    ),
  ]);
  const isWanted = why === 'stopping';
  isEnding = true;
  console.log(isWanted ? 'stopping …' : `${why}; stopping the rest. More in ${logFolder}`);
  // The room first: it says good-bye to the platform.
  for (const child of [...beside, ...children.reverse()]) await child.stop();
  forgetRoom(dataFolder);
  process.exit(isWanted ? 0 : 1);
}

/**
 * Draws the demo pictures that are not there yet beside the running room, at the lowest priority; each camera comes live by itself.
 * @param {{ toDraw: number, logFolder: string }} run
 * @returns {Child}
 */
function drawTheRest({ toDraw, logFolder }) {
  const file = node24Path() ?? process.execPath;
  console.log(`demo pictures: drawing the other ${toDraw} meanwhile`);
  const args = [...quietNode, path.join(projectRoot, 'tools/demoLoops.ts'), '--nice'];
  const child = startChild({ name: 'demoLoops', file, args, logFolder });
  void child.ended.then((how) => console.log(how === 'ended with code 0' ? 'demo pictures: all are there' : `demo pictures: ${how}`));
  return child;
}

/** @param {{ options: StartOptions, shell: Shell, dataFolder: string, logFolder: string, keep: (child: Child) => Child }} run */
async function openAll({ options, shell, dataFolder, logFolder, keep }) {
  const startedAtMs = Date.now();
  const file = node24Path();
  if (file === undefined) throw new Error('Node 24 is not installed');
  const startsPlatform = options.platform === undefined;
  let platformUrl = options.platform ?? '';
  if (startsPlatform) {
    const script = path.join(projectRoot, 'platform/bin/platform.ts');
    const args = [
      ...quietNode,
      script,
      '--data',
      path.join(dataFolder, 'platform'),
      '--port',
      String(options.port),
      '--demo',
      '--scale',
      options.scale,
      ...(options.tls ? ['--tls'] : []),
    ];
    platformUrl = await keep(startChild({ name: 'platform', file, args, logFolder })).ready;
  }
  console.log(`platform: ${platformUrl}`);
  const roomArgs = ['--data', path.join(dataFolder, 'room'), '--platform', platformUrl, '--lang', options.lang];
  if (startsPlatform) roomArgs.push('--demo-login', 'duty');
  // The platform beside it has just made it: nobody needs to compare anything.
  const authority = startsPlatform && options.tls ? path.join(dataFolder, 'platform', 'tls-authority.pem') : options.platformCa;
  if (authority !== undefined) roomArgs.push('--platform-ca', path.resolve(authority));
  if (options.basemap !== undefined) roomArgs.push('--basemap', path.resolve(options.basemap));
  const room =
    shell === 'electron'
      ? { file: electronBinary, args: [path.join(projectRoot, 'dist/electron/index.js'), ...roomArgs] }
      : { file, args: [...quietNode, path.join(projectRoot, 'kiosk/bin/room.ts'), '--shell', shell, ...roomArgs] };
  const url = await keep(startChild({ name: 'room', ...room, logFolder, keyboard: process.stdin })).ready;
  const after = `${((Date.now() - startedAtMs) / 1000).toFixed(1)} s after the set-up`;
  console.log(
    shell === 'tab' ? `room: open ${url} in a browser (${after})` : `room: the console and the wall are on the displays (${after})`,
  );
  console.log('Ctrl+C ends both.');
}
