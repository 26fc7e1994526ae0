/**
 * `node tools/run24.mjs FILE [ARGS]`: runs FILE under the project's Node 24, whatever Node started us.
 * Plain JavaScript for Node >= 20, because it is what an older Node sees first.
 */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { node24Path, projectRoot } from './node24.mjs';

/** @param {string[]} argv */
function runWithNode24(argv) {
  const node = node24Path();
  if (node === undefined) {
    console.error('Node 24 is not set up yet. Run:  node tools/setup.mjs');
    process.exit(1);
  }
  // Relative files are meant from the project's root, so that every npm script works from any folder.
  const child = spawn(node, argv, { cwd: projectRoot, stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) runWithNode24(process.argv.slice(2));
