/** Step: programs from the operating system, each with the reason why it is needed. */
import { spawnSync } from 'node:child_process';
import { findProgram, runCommand, SetupProblem } from './command.mjs';

/** @typedef {import('./steps.mjs').SetupStep} SetupStep */
/** @typedef {'platform' | 'kiosk' | 'tests'} PackageUse */

/**
 * @typedef {object} SystemPackage
 * @property {string} package name in Debian
 * @property {readonly PackageUse[]} uses which part of the project needs it
 * @property {string} why
 * @property {readonly string[]} programs any of these on PATH does as well, whoever installed it
 */

/** The browsers that the kiosk shell can drive; the last ones come with Kylin and UOS. */
export const browserPrograms = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'qaxbrowser',
  'qaxbrowser-safe-stable',
];

/** @type {readonly SystemPackage[]} */
export const systemPackages = [
  { package: 'chromium', uses: ['kiosk', 'tests'], why: 'shows the windows (kiosk shell)', programs: browserPrograms },
  { package: 'ffmpeg', uses: ['platform', 'tests'], why: 'reads cameras, makes the demo pictures', programs: ['ffmpeg'] },
  { package: 'fonts-noto-cjk', uses: ['platform', 'kiosk', 'tests'], why: 'Chinese characters in pictures and windows', programs: [] },
  { package: 'xserver-xorg-core', uses: ['tests'], why: 'an X server for tests with several displays', programs: ['Xorg'] },
  { package: 'xserver-xorg-video-dummy', uses: ['tests'], why: 'displays without hardware', programs: [] },
  { package: 'openbox', uses: ['tests'], why: 'a window manager for full-screen windows', programs: ['openbox'] },
  { package: 'x11-utils', uses: ['tests'], why: 'xprop tells which window lies on top', programs: ['xprop'] },
  { package: 'x11-xserver-utils', uses: ['kiosk', 'tests'], why: 'xrandr names the displays, xset keeps them awake', programs: ['xrandr'] },
  { package: 'libnss3-tools', uses: ['kiosk', 'tests'], why: 'tells the browser which authority the platform has', programs: ['certutil'] },
  { package: 'strace', uses: ['tests'], why: 'shows that the log is on the disk before an answer is sent', programs: ['strace'] },
  { package: 'procps', uses: ['tests'], why: 'shows what everybody on the machine can read of a process', programs: ['ps'] },
  { package: 'iproute2', uses: ['tests'], why: 'a network of its own for a platform behind a bad line', programs: ['ip'] },
  { package: 'nftables', uses: ['tests'], why: 'loses packets on that line', programs: ['nft'] },
  { package: 'openssl', uses: ['tests'], why: 'makes the certificate of a camera that we did not write', programs: ['openssl'] },
  { package: 'python3-gi', uses: ['tests'], why: 'drives the RTSP server of the camera tests', programs: [] },
  { package: 'gir1.2-gst-rtsp-server-1.0', uses: ['tests'], why: 'an RTSP camera that we did not write', programs: [] },
  { package: 'gstreamer1.0-plugins-base', uses: ['tests'], why: 'the RTSP camera: raw video', programs: [] },
  { package: 'gstreamer1.0-plugins-good', uses: ['tests'], why: 'the RTSP camera: RTP', programs: [] },
  { package: 'gstreamer1.0-plugins-bad', uses: ['tests'], why: 'the RTSP camera: H.264 parsing', programs: [] },
  { package: 'gstreamer1.0-plugins-ugly', uses: ['tests'], why: 'the RTSP camera: H.264 encoding', programs: [] },
  { package: 'gstreamer1.0-x', uses: ['tests'], why: 'the RTSP camera: burned-in text', programs: [] },
  { package: 'gstreamer1.0-libav', uses: ['tests'], why: 'the RTSP camera: more codecs', programs: [] },
];

/** @typedef {{ code: number, output: string }} Outcome */

/**
 * What the step needs to know of the machine and do to it.
 * @typedef {object} Machine
 * @property {(names: readonly string[]) => ReadonlyMap<string, string> | undefined} states dpkg's word for each of these Debian packages that it knows; undefined = not Debian
 * @property {(programs: readonly string[]) => boolean} hasProgram whether any of them is on PATH
 * @property {() => boolean} hasChineseFont
 * @property {boolean} isRoot
 * @property {boolean} hasSudo
 * @property {() => boolean} isInterrupted whether dpkg was stopped in the middle of something
 * @property {(file: 'apt-get' | 'dpkg', args: readonly string[]) => Promise<Outcome>} run
 * @property {() => Promise<void>} rest some seconds, for somebody else to finish
 */

/**
 * @param {readonly PackageUse[]} uses
 * @param {Machine} [machine]
 * @returns {SetupStep}
 */
export function systemPackagesStep(uses, machine = thisMachine()) {
  const findMissing = () =>
    missingPackages({ wanted: systemPackages.filter((entry) => entry.uses.some((use) => uses.includes(use))), machine });
  return {
    name: 'system packages',
    async missing() {
      const missing = findMissing();
      if (missing.length === 0) return undefined;
      return ['needed are', ...missing.map((entry) => `      ${entry.package.padEnd(28)} ${entry.why}`)].join('\n');
    },
    run: (say) => installPackages({ names: findMissing().map((entry) => entry.package), machine, say }),
  };
}

/**
 * @param {{ wanted: readonly SystemPackage[], machine: Machine }} options
 * @returns {SystemPackage[]}
 */
function missingPackages({ wanted, machine }) {
  const states = machine.states(wanted.map((entry) => entry.package));
  return wanted.filter((entry) => {
    const state = states?.get(entry.package);
    // Its program is there and cannot run yet.
    if (halfInstalled.includes(state ?? '')) return true;
    if (machine.hasProgram(entry.programs)) return false;
    if (states !== undefined) return state === undefined || !isInstalled(state);
    // Not Debian: packages have other names there. Fonts can be asked for; what else has no program is left to what needs it.
    return entry.package === 'fonts-noto-cjk' ? !machine.hasChineseFont() : entry.programs.length > 0;
  });
}

/** What dpkg calls a package that an installation which was killed left behind (dpkg-query(1)). */
const halfInstalled = ['half-installed', 'unpacked', 'half-configured'];

/** @param {string} state triggers: installed; only something in another package has to be brought up to date */
const isInstalled = (state) => state === 'installed' || state.startsWith('triggers-');

/** @param {{ names: readonly string[], machine: Machine, say: (note: string) => void }} options */
async function installPackages({ names, machine, say }) {
  const install = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (machine.states([]) === undefined) {
    throw new SetupProblem({
      what: `These programs are missing: ${names.join(', ')} (Debian's names).`,
      todo: "Install them with this system's package manager, then run it again. Any Chromium or Chrome will do.",
    });
  }
  const isInterrupted = machine.isInterrupted();
  const line = isInterrupted ? `dpkg --configure -a; ${install}` : install;
  if (!machine.isRoot) {
    throw new SetupProblem({
      what: 'System packages can only be installed by root. Run this line once, then start again:',
      todo: machine.hasSudo ? `sudo sh -c '${line}'` : `su -c '${line}'`,
    });
  }
  const asked = { machine, say };
  if (isInterrupted) await finishInterrupted(asked);
  const updated = await whenFree(asked, 'apt-get', ['update']);
  const installed = await whenFree(asked, 'apt-get', ['install', '-y', '--no-install-recommends', ...names]);
  if (installed.code !== 0) {
    throw new SetupProblem({
      what: `apt-get could not install them (exit code ${installed.code}${updated.code === 0 ? '' : '; apt-get update failed as well'}):`,
      // A package list that could not be fetched is why a package is not found.
      output: updated.code === 0 ? installed.output : `${lastComplaints(updated.output)}\n${lastComplaints(installed.output)}`,
      todo: `Is the Debian mirror reachable? By hand:  ${line}`,
    });
  }
}

/** @param {string} output apt's: errors and warnings have a letter in front */
function lastComplaints(output) {
  const lines = output.trimEnd().split('\n');
  const complaints = lines.filter((line) => /^(E|W|Err):?/.test(line));
  return (complaints.length > 0 ? complaints : lines).slice(-6).join('\n');
}

/**
 * apt-get refuses everything until what was stopped in the middle is finished. Whether that went well is seen by what follows.
 * @param {{ machine: Machine, say: (note: string) => void }} asked
 */
async function finishInterrupted(asked) {
  await whenFree(asked, 'dpkg', ['--configure', '-a']);
  await whenFree(asked, 'apt-get', ['install', '-y', '--fix-broken', '--no-install-recommends']);
}

/** So often (300 x 2 s) somebody else is waited for: a first nightly update takes minutes. */
const mostRests = 300;

/**
 * Runs it again while somebody else holds the locks: the machine's own updates, or the apt-get of a set-up that was killed.
 * @param {{ machine: Machine, say: (note: string) => void }} asked
 * @param {'apt-get' | 'dpkg'} file
 * @param {readonly string[]} args
 */
async function whenFree({ machine, say }, file, args) {
  for (let rests = 0; ; rests += 1) {
    const outcome = await machine.run(file, args);
    const isLocked = outcome.code !== 0 && /Could not get lock|Unable to (lock|acquire)|is locked by another process/.test(outcome.output);
    if (!isLocked || rests === mostRests) return outcome;
    say('waiting for another apt or dpkg on this machine');
    await machine.rest();
    say('');
  }
}

/** @returns {Machine} */
function thisMachine() {
  return {
    states: debianPackages,
    hasProgram: (programs) => findProgram(programs) !== undefined,
    hasChineseFont() {
      const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
      return fonts.error === undefined && fonts.stdout.trim() !== '';
    },
    isRoot: process.getuid?.() === 0,
    hasSudo: findProgram(['sudo']) !== undefined,
    isInterrupted: () => spawnSync('dpkg', ['--audit'], { encoding: 'utf8' }).stdout.trim() !== '',
    rest: () => new Promise((resolve) => setTimeout(resolve, 2000)),
    run: (file, args) => runCommand({ file, args, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' } }),
  };
}

/**
 * @param {readonly string[]} names
 * @returns {ReadonlyMap<string, string> | undefined}
 */
function debianPackages(names) {
  if (findProgram(['apt-get']) === undefined) return undefined;
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], { encoding: 'utf8' });
  if (query.error) return undefined;
  return new Map(
    query.stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => /** @type {[string, string]} */ (line.split(' ').slice(0, 2))),
  );
}
