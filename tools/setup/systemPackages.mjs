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
  { package: 'iproute2', uses: ['tests'], why: 'a network of its own for a platform behind a bad line', programs: ['ip'] },
  { package: 'nftables', uses: ['tests'], why: 'loses packets on that line', programs: ['nft'] },
  { package: 'python3-gi', uses: ['tests'], why: 'drives the RTSP server of the camera tests', programs: [] },
  { package: 'gir1.2-gst-rtsp-server-1.0', uses: ['tests'], why: 'an RTSP camera that we did not write', programs: [] },
  { package: 'gstreamer1.0-plugins-base', uses: ['tests'], why: 'the RTSP camera: raw video', programs: [] },
  { package: 'gstreamer1.0-plugins-good', uses: ['tests'], why: 'the RTSP camera: RTP', programs: [] },
  { package: 'gstreamer1.0-plugins-bad', uses: ['tests'], why: 'the RTSP camera: H.264 parsing', programs: [] },
  { package: 'gstreamer1.0-plugins-ugly', uses: ['tests'], why: 'the RTSP camera: H.264 encoding', programs: [] },
  { package: 'gstreamer1.0-x', uses: ['tests'], why: 'the RTSP camera: burned-in text', programs: [] },
  { package: 'gstreamer1.0-libav', uses: ['tests'], why: 'the RTSP camera: more codecs', programs: [] },
];

/**
 * What the step needs to know of the machine and do to it.
 * @typedef {object} Machine
 * @property {(names: readonly string[]) => Set<string> | undefined} installed which of these Debian packages are installed; undefined = not Debian
 * @property {(programs: readonly string[]) => boolean} hasProgram whether any of them is on PATH
 * @property {() => boolean} hasChineseFont
 * @property {boolean} isRoot
 * @property {(args: readonly string[]) => Promise<{ code: number, output: string }>} aptGet
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
    run: () => installPackages({ names: findMissing().map((entry) => entry.package), machine }),
  };
}

/**
 * @param {{ wanted: readonly SystemPackage[], machine: Machine }} options
 * @returns {SystemPackage[]}
 */
function missingPackages({ wanted, machine }) {
  const installed = machine.installed(wanted.map((entry) => entry.package));
  return wanted.filter((entry) => {
    if (machine.hasProgram(entry.programs)) return false;
    if (installed !== undefined) return !installed.has(entry.package);
    // Not Debian: packages have other names there. Fonts can be asked for; what else has no program is left to what needs it.
    return entry.package === 'fonts-noto-cjk' ? !machine.hasChineseFont() : entry.programs.length > 0;
  });
}

/** @param {{ names: readonly string[], machine: Machine }} options */
async function installPackages({ names, machine }) {
  const line = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (machine.installed([]) === undefined) {
    throw new SetupProblem({
      what: `These programs are missing: ${names.join(', ')} (Debian's names).`,
      todo: "Install them with this system's package manager, then run it again. Any Chromium or Chrome will do.",
    });
  }
  if (!machine.isRoot) {
    throw new SetupProblem({
      what: 'System packages can only be installed by root. Run this line once, then start again:',
      todo: `sudo sh -c '${line}'`,
    });
  }
  const update = await machine.aptGet(['update']);
  const install = await machine.aptGet(['install', '-y', '--no-install-recommends', ...names]);
  if (install.code !== 0) {
    throw new SetupProblem({
      what: `apt-get could not install them (exit code ${install.code}${update.code === 0 ? '' : '; apt-get update failed as well'}):`,
      output: install.output,
      todo: `Is the Debian mirror reachable? By hand:  ${line}`,
    });
  }
}

/** @returns {Machine} */
function thisMachine() {
  return {
    installed: debianPackages,
    hasProgram: (programs) => findProgram(programs) !== undefined,
    hasChineseFont() {
      const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
      return fonts.error === undefined && fonts.stdout.trim() !== '';
    },
    isRoot: process.getuid?.() === 0,
    aptGet: (args) => runCommand({ file: 'apt-get', args, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }),
  };
}

/**
 * @param {readonly string[]} names
 * @returns {Set<string> | undefined}
 */
function debianPackages(names) {
  if (findProgram(['apt-get']) === undefined) return undefined;
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], { encoding: 'utf8' });
  if (query.error) return undefined;
  return new Set(query.stdout.split('\n').flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0] ?? ''] : [])));
}
