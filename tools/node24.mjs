/** Where the project is and which Node 24 it runs on. Built-ins of Node >= 20 only. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The npm package that carries the Node 24 binary for this machine. */
export const node24Package = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

/**
 * The Node >= 24 to run TypeScript with: the one this process runs on if it is new enough, else the one that npm installed.
 * @returns {string | undefined} absolute path, or undefined while nothing suitable is there
 */
export function node24Path() {
  const installed = path.join(projectRoot, 'node_modules', node24Package, 'bin', 'node');
  if (existsSync(installed)) return installed;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : undefined;
}
