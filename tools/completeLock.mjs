/**
 * `node tools/completeLock.mjs`, after `npm install` changed package-lock.json: adds the optional packages of other platforms that the
 * registry at hand did not have. npm leaves them out of the lock file and `npm ci` then refuses it everywhere ("Missing: … from lock file").
 * The added entries name version, os and cpu, so npm skips them where they do not fit; they carry no integrity, because nobody here saw them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './node24.mjs';

/** @typedef {{ version?: string, os?: string[], cpu?: string[], libc?: string[], optional?: boolean, optionalDependencies?: Record<string, string> }} LockEntry */

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64', 'arm'];

/**
 * Pure part: the same packages, completed.
 * @param {Record<string, LockEntry>} packages
 * @returns {{ packages: Record<string, LockEntry>, added: string[] }}
 */
export function completeLock(packages) {
  /** @type {Record<string, LockEntry>} */
  const missing = {};
  for (const { optionalDependencies = {} } of Object.values(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const key = `node_modules/${name}`;
      // Only exact versions: a range would have to be resolved by the registry, and only whole platform families are left out.
      const isKnown = Object.keys(packages).some((known) => known === key || known.endsWith(`/${key}`));
      if (!isKnown && /^\d+\.\d+\.\d+/.test(version)) missing[key] = platformEntry({ name, version });
    }
  }
  const entries = Object.entries({ ...packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return { packages: Object.fromEntries(entries), added: Object.keys(missing) };
}

/**
 * @param {{ name: string, version: string }} options
 * @returns {LockEntry}
 */
function platformEntry({ name, version }) {
  const words = name.split(/[/-]/);
  const system = systems.find((word) => words.includes(word));
  const processor = processors.find((word) => words.includes(word));
  return {
    version,
    ...(processor ? { cpu: [processor] } : {}),
    ...(words.some((word) => word.startsWith('musl')) ? { libc: ['musl'] } : {}),
    optional: true,
    ...(system ? { os: [system] } : {}),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = path.join(projectRoot, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const { packages, added } = completeLock(lock.packages);
  writeFileSync(file, `${JSON.stringify({ ...lock, packages }, null, 2)}\n`);
  console.log(`package-lock.json: ${added.length} packages of other platforms added`);
}
