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
  { package: 'x11-xserver-utils', uses: ['tests'], why: 'xrandr plugs displays in and out', programs: ['xrandr'] },
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
 * @param {readonly PackageUse[]} uses
 * @returns {SetupStep}
 */
export function systemPackagesStep(uses) {
  return {
    name: 'system packages',
    async missing() {
      const missing = missingPackages(uses);
      if (missing.length === 0) return undefined;
      return ['needed are', ...missing.map((entry) => `      ${entry.package.padEnd(28)} ${entry.why}`)].join('\n');
    },
    async run() {
      await installPackages(missingPackages(uses).map((entry) => entry.package));
    },
  };
}

/** @param {readonly PackageUse[]} uses */
function missingPackages(uses) {
  const wanted = systemPackages.filter((entry) => entry.uses.some((use) => uses.includes(use)));
  return findMissing({ wanted, hasProgram: (names) => findProgram(names) !== undefined, installed: installedOf(wanted) });
}

/**
 * Pure part: what of `wanted` is there neither as a package nor as one of its programs.
 * @param {{ wanted: readonly SystemPackage[], hasProgram: (names: readonly string[]) => boolean, installed: ReadonlySet<string> }} options
 * @returns {SystemPackage[]}
 */
export function findMissing({ wanted, hasProgram, installed }) {
  return wanted.filter((entry) => !installed.has(entry.package) && !hasProgram(entry.programs));
}

/**
 * @param {readonly SystemPackage[]} wanted
 * @returns {Set<string>}
 */
function installedOf(wanted) {
  const names = wanted.map((entry) => entry.package);
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...names], { encoding: 'utf8' });
  if (query.error) return installedElsewhere(wanted);
  const lines = query.stdout.split('\n').filter((line) => line.endsWith(' installed'));
  return new Set(lines.map((line) => line.split(' ')[0] ?? ''));
}

/**
 * Not Debian: names of packages differ, so only programs and fonts can be looked for; what only the tests need is left to them.
 * @param {readonly SystemPackage[]} wanted
 */
function installedElsewhere(wanted) {
  const fonts = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  const hasFonts = fonts.error !== undefined || fonts.stdout.trim() !== '';
  const unknowable = wanted.filter((entry) => entry.programs.length === 0 && (entry.package !== 'fonts-noto-cjk' || hasFonts));
  return new Set(unknowable.map((entry) => entry.package));
}

/** @param {readonly string[]} names */
async function installPackages(names) {
  const line = `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;
  if (findProgram(['apt-get']) === undefined) {
    throw new SetupProblem({
      what: `These programs are missing: ${names.join(', ')} (Debian's names).`,
      todo: "Install them with this system's package manager, then run it again. Any Chromium or Chrome will do.",
    });
  }
  if (process.getuid?.() !== 0) {
    throw new SetupProblem({
      what: 'System packages can only be installed by root. Run this line once, then start again:',
      todo: `sudo sh -c '${line}'`,
    });
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await runCommand({ file: 'apt-get', args: ['update'], env });
  const install = await runCommand({ file: 'apt-get', args: ['install', '-y', '--no-install-recommends', ...names], env });
  if (install.code !== 0) {
    throw new SetupProblem({
      what: `apt-get could not install them (exit code ${install.code}${update.code === 0 ? '' : '; apt-get update failed as well'}):`,
      output: install.output,
      todo: `Is the Debian mirror reachable? By hand:  ${line}`,
    });
  }
}
