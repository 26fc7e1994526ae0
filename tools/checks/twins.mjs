/** The twin check: a feature has the same folder name in every layer, and every other folder is one we know. */
import { runAsCommand } from './findings.mjs';

/** @typedef {import('./findings.mjs').Tree} Tree */

/** The features of the house (architecture, twin rule). .oxlintrc.json closes their doors by the same names. */
export const features = [
  'cameras',
  'responders',
  'incidents',
  'calls',
  'wall',
  'map',
  'access',
  'audit',
  'directory',
  'intake',
  'reports',
  'plans',
  'duty',
  'search',
  'evidence',
];

/**
 * Folders that are no feature but a part of the building itself, with what they hold. A new one is a decision: it is added here.
 * @type {Record<string, Record<string, string>>}
 */
export const rooms = {
  contract: {
    bridge: 'calls between main and a window',
    bus: 'events of the Socket.IO bus',
    catalogue: 'every command and fact by name',
    link: 'the pure link: session, resume, outbox',
    record: 'facts, feeds, positions',
    values: 'ids, times, coordinates, results',
  },
  main: {
    bridge: 'windows call main',
    link: 'main calls the platform',
    machine: 'clock, randomness, timers of a real machine',
    room: 'the room as a whole: what every window is told',
    settings: 'what this desk remembers',
    shell: 'ports of the shell: displays, windows, power, secrets',
    storage: 'journals and files that survive a power cut',
    trust: 'whom this desk believes to be the platform',
    windows: 'which window on which display, and what to do when one dies',
  },
  renderer: {
    admin: 'the administration page in a browser',
    bridge: 'the window side of the bridge',
    console: 'the window kind of the operator',
    entries: 'composition roots, one per window kind',
    language: 'i18n of the windows',
    look: 'theme, parts without a subject',
    room: 'the room as a window holds it: state, platform time',
    roster: "the leaders' phone page in a browser",
  },
  platform: {
    bin: 'the process',
    bus: 'Socket.IO',
    certificates: "the county's own authority and what the server shows",
    demo: 'the demo county',
    http: 'plain HTTP surfaces',
    record: 'log, feeds, positions',
    xml: 'XML without entities and within limits, as devices and workbooks write it',
  },
};

const layers = /** @type {const} */ (['contract', 'main', 'renderer', 'platform']);

/** Layers whose features must have words in the contract. */
const twinned = new Set(['main', 'renderer', 'platform']);

/**
 * @param {Tree} tree
 * @returns {string[]}
 */
export function checkTwins(tree) {
  const folders = new Map(layers.map((layer) => [layer, foldersOf({ tree, layer })]));
  const contract = folders.get('contract') ?? new Set();
  return layers
    .flatMap((layer) =>
      [...(folders.get(layer) ?? [])].flatMap((folder) => {
        if (!features.includes(folder)) {
          if (Object.hasOwn(rooms[layer] ?? {}, folder)) return [];
          return [`${layer}/${folder}: neither a feature nor a listed room; see tools/checks/twins.mjs`];
        }
        const findings = [];
        if (twinned.has(layer) && !contract.has(folder)) findings.push(`${layer}/${folder}: a feature without its twin contract/${folder}`);
        if (!tree.files.includes(`${layer}/${folder}/index.ts`))
          findings.push(`${layer}/${folder}: a feature opens through its index.ts, which is missing`);
        return findings;
      }),
    )
    .concat(
      tree.files
        .filter((file) => file.endsWith('.tsx') && !/^(renderer|test)\//.test(file))
        .map((file) => `${file}: .tsx lives in renderer/ alone`),
    );
}

/**
 * @param {{ tree: Tree, layer: string }} options
 * @returns {Set<string>}
 */
function foldersOf({ tree, layer }) {
  const sources = tree.files.filter((file) => file.startsWith(`${layer}/`) && /\.(ts|tsx|mjs|css)$/.test(file));
  return new Set(sources.map((file) => file.split('/')).flatMap((parts) => (parts.length > 2 ? [parts[1] ?? ''] : [])));
}

runAsCommand({ module: import.meta.url, name: 'twins', check: checkTwins });
