/** What all checks share: where files are, and how findings are told. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../node24.mjs';

/**
 * @typedef {object} Tree the files that a check looks at; tests hand in their own
 * @property {string[]} files paths relative to the root, with `/`
 * @property {(file: string) => string} read
 */

/**
 * The project as git sees it: tracked files and new ones that are not ignored.
 * @returns {Tree}
 */
export function projectTree() {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  const files = [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(path.join(projectRoot, file))).sort();
  return { files, read: (file) => readFileSync(path.join(projectRoot, file), 'utf8') };
}

/**
 * A tree in memory, for tests.
 * @param {Record<string, string>} contents
 * @returns {Tree}
 */
export function memoryTree(contents) {
  return { files: Object.keys(contents).sort(), read: (file) => contents[file] ?? '' };
}

/**
 * Runs a check as a command when its file was started directly: prints the findings, exits 1 when there are any.
 * @param {{ module: string, name: string, check: (tree: Tree) => string[] }} options module: import.meta.url of the check
 */
export function runAsCommand({ module, name, check }) {
  if (module !== pathToFileURL(process.argv[1] ?? '').href) return;
  const findings = check(projectTree());
  for (const finding of findings) console.error(finding);
  console.log(`${name}: ${findings.length === 0 ? 'in order' : `${findings.length} finding(s)`}`);
  process.exit(findings.length === 0 ? 0 : 1);
}

/**
 * The line of a position in a text, counted from 1.
 * @param {{ text: string, offset: number }} place
 */
export function lineAt({ text, offset }) {
  return text.slice(0, offset).split('\n').length;
}
