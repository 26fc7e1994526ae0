/** What `npm start` was asked for and which shell it takes: pure functions, so that every case is a test. */

/** @typedef {'electron' | 'kiosk' | 'tab'} Shell */

/**
 * @typedef {object} StartOptions
 * @property {Shell | undefined} shell undefined = choose what this machine can do
 * @property {string | undefined} platform base URL of a platform that already runs; undefined = start one here
 * @property {'zh' | 'en'} lang language of the windows
 * @property {string} data folder for everything that is kept
 * @property {'county' | 'prefecture'} scale size of the demo
 * @property {number} port TCP port of the platform; 0 = any free one
 * @property {boolean} tls the platform that is started here encrypts, with an authority of its own
 * @property {string | undefined} platformCa file (PEM) of the authority of a platform that already runs
 * @property {string | undefined} basemap what lies under the map: a PMTiles file or a file of settings
 */

/** @typedef {{ kind: 'start', options: StartOptions } | { kind: 'help' } | { kind: 'wrong', message: string }} ParsedStart */

/** @typedef {{ name: string, value: string, does: string, byDefault: string, example: string, isFlag?: boolean, problem: (text: string) => string | undefined }} OptionRow */

/** Every option there is; the help and the parser read the same table. @type {readonly OptionRow[]} */
export const startOptionTable = [
  {
    name: '--shell',
    value: 'electron|kiosk|tab',
    does: 'what opens the windows',
    byDefault: 'the first that works here',
    example: '--shell tab',
    problem: oneOf(['electron', 'kiosk', 'tab']),
  },
  {
    name: '--platform',
    value: 'URL',
    does: 'use a platform that already runs',
    byDefault: 'start the demo platform here',
    example: '--platform http://127.0.0.1:8420',
    problem: (text) => (isHttpUrl(text) ? undefined : 'must be a URL that begins with http:// or https://'),
  },
  {
    name: '--platform-ca',
    value: 'FILE',
    does: 'the authority of that platform, as its administrator handed it over',
    byDefault: 'whom this desk believed last; the first time it shows a fingerprint',
    example: '--platform https://10.0.0.5:7080 --platform-ca county-ca.pem',
    problem: (text) => (text.trim() === '' ? 'must name a file' : undefined),
  },
  {
    name: '--tls',
    value: '',
    does: 'the demo platform encrypts (HTTPS, HTTP/2) with an authority of its own',
    byDefault: 'plain HTTP, on this machine only',
    example: '--tls',
    isFlag: true,
    problem: () => undefined,
  },
  {
    name: '--basemap',
    value: 'FILE',
    does: 'what lies under the map: a .pmtiles file, or a .json file that names PMTiles, TileJSON or WMTS (docs/map.md)',
    byDefault: "the county's own map",
    example: '--basemap tianditu.json',
    problem: (text) => (/\.(?:json|pmtiles)$/.test(text) ? undefined : 'must name a .json or .pmtiles file'),
  },
  { name: '--lang', value: 'zh|en', does: 'language of the windows', byDefault: 'zh', example: '--lang en', problem: oneOf(['zh', 'en']) },
  {
    name: '--data',
    value: 'DIR',
    does: 'folder for everything that is kept',
    byDefault: './data',
    example: '--data /var/lib/commandwall',
    problem: (text) => (text.trim() === '' ? 'must name a folder' : undefined),
  },
  {
    name: '--scale',
    value: 'county|prefecture',
    does: 'size of the demo',
    byDefault: 'county',
    example: '--scale prefecture',
    problem: oneOf(['county', 'prefecture']),
  },
  {
    name: '--port',
    value: 'N',
    does: 'port of the platform on 127.0.0.1, 0 = any free one',
    byDefault: '8420',
    example: '--port 9000',
    problem: (text) => (/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? undefined : 'must be a number from 0 to 65535'),
  },
];

/**
 * Reads the command line after `npm start --`. Both `--lang en` and `--lang=en` are fine.
 * @param {readonly string[]} argv
 * @returns {ParsedStart}
 */
export function parseStart(argv) {
  /** @type {Map<string, string>} */
  const given = new Map();
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const [name = '', inline] = word.split(/=(.*)/s);
    if (name === '--help' || name === '-h') return { kind: 'help' };
    const row = startOptionTable.find((entry) => entry.name === name);
    if (row === undefined) return wrong(`unknown option ${word}`);
    if (row.isFlag === true && inline !== undefined) return wrong(`${name} takes no value`);
    const value = row.isFlag === true ? 'yes' : (inline ?? rest.shift());
    if (value === undefined) return wrong(`${name} needs a value (${row.value})`);
    const problem = row.problem(value);
    if (problem !== undefined) return wrong(`${name} ${problem}, not "${value}"`);
    given.set(name, value);
  }
  return { kind: 'start', options: toOptions(given) };
}

/**
 * @param {ReadonlyMap<string, string>} given already checked by the table
 * @returns {StartOptions}
 */
function toOptions(given) {
  return {
    shell: /** @type {Shell | undefined} */ (given.get('--shell')),
    platform: given.get('--platform')?.replace(/\/+$/, ''),
    lang: given.get('--lang') === 'en' ? 'en' : 'zh',
    data: given.get('--data') ?? './data',
    scale: given.get('--scale') === 'prefecture' ? 'prefecture' : 'county',
    port: Number(given.get('--port') ?? 8420),
    tls: given.has('--tls'),
    platformCa: given.get('--platform-ca'),
    basemap: given.get('--basemap'),
  };
}

/** @returns {string} */
export function startHelp() {
  const rows = startOptionTable.map(({ name, value, does, byDefault, example }) =>
    [`  ${`${name} ${value}`.trimEnd().padEnd(28)} ${does} (default: ${byDefault})`, `  ${' '.repeat(28)} npm start -- ${example}`].join(
      '\n',
    ),
  );
  const help = `  ${'--help'.padEnd(28)} this text\n  ${' '.repeat(28)} npm start -- --help`;
  return ['Commandwall: starts the platform (demo) and the room, after setting up what is missing.', '', ...rows, help].join('\n');
}

/** @typedef {{ hasElectron: boolean, hasDisplay: boolean, hasBrowser: boolean, canInstall: boolean, isRoot: boolean }} Machine */

/**
 * Which shell opens the windows, and the reason in one line. What was asked for is taken, or refused with the reason; it is never
 * silently replaced.
 * @param {{ asked: Shell | undefined, machine: Machine }} options canInstall: the set-up may install a missing browser
 * @returns {{ kind: 'shell', shell: Shell, why: string } | { kind: 'impossible', message: string }}
 */
export function chooseShell({ asked, machine }) {
  if (asked === 'tab') return { kind: 'shell', shell: 'tab', why: 'asked for' };
  if (asked !== undefined && !machine.hasDisplay) {
    return {
      kind: 'impossible',
      message: `--shell ${asked} needs a display, and neither DISPLAY nor WAYLAND_DISPLAY is set. Try --shell tab.`,
    };
  }
  if (asked === 'electron' && !machine.hasElectron) {
    return { kind: 'impossible', message: electronMissing };
  }
  if (asked === 'electron' && machine.isRoot) {
    return {
      kind: 'impossible',
      message: '--shell electron does not run sandboxed as root. Start as somebody else, or take --shell kiosk.',
    };
  }
  if (asked !== undefined) return { kind: 'shell', shell: asked, why: 'asked for' };
  if (!machine.hasDisplay) return { kind: 'shell', shell: 'tab', why: 'no display here, so the windows are served to a browser' };
  if (machine.hasElectron && !machine.isRoot)
    return { kind: 'shell', shell: 'electron', why: 'its binary is installed and there is a display' };
  if (machine.hasBrowser || machine.canInstall) {
    const instead = machine.hasElectron ? 'electron does not run sandboxed as root' : 'the electron binary is not installed';
    return { kind: 'shell', shell: 'kiosk', why: `${instead}; Chromium and a display are there` };
  }
  return { kind: 'shell', shell: 'tab', why: 'neither electron nor Chromium can open windows here' };
}

const electronMissing =
  '--shell electron needs the electron binary, which is not installed. It comes with:  node tools/run24.mjs node_modules/electron/install.js  ' +
  '(a mirror: ELECTRON_MIRROR=URL). --shell kiosk works without.';

/**
 * @param {readonly string[]} allowed
 * @returns {(text: string) => string | undefined}
 */
function oneOf(allowed) {
  return (text) => (allowed.includes(text) ? undefined : `must be one of ${allowed.join(', ')}`);
}

/** @param {string} text */
function isHttpUrl(text) {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/**
 * @param {string} message
 * @returns {ParsedStart}
 */
function wrong(message) {
  return { kind: 'wrong', message };
}
