/**
 * Builds the electron shell into dist/electron: index.js (ESM, Electron's Node) and preload.cjs (one file, because a sandboxed preload can
 * require nothing of its own). Run with Node 24. Electron itself runs no TypeScript, and bundling is what gets packaged later.
 */
import { builtinModules } from 'node:module';
import path from 'node:path';
import { build } from 'vite';
import { projectRoot } from './node24.mjs';

const outDir = path.join(projectRoot, 'dist/electron');
const platformModules = [
  'electron',
  'electron/main',
  'electron/renderer',
  ...builtinModules,
  ...builtinModules.map((name) => `node:${name}`),
];

await buildOne({ entry: 'electron/index.ts', fileName: 'index.js', format: 'es', emptyOutDir: true });
await buildOne({ entry: 'electron/preload.ts', fileName: 'preload.cjs', format: 'cjs', emptyOutDir: false });

/** @param {{ entry: string, fileName: string, format: 'es' | 'cjs', emptyOutDir: boolean }} options */
async function buildOne({ entry, fileName, format, emptyOutDir }) {
  await build({
    configFile: false,
    root: projectRoot,
    publicDir: false,
    logLevel: 'warn',
    // Everything but Electron and Node goes into the file: the packaged app carries no node_modules.
    ssr: { noExternal: true, external: platformModules, target: 'node' },
    build: {
      ssr: path.join(projectRoot, entry),
      outDir,
      emptyOutDir,
      minify: false,
      sourcemap: true,
      target: 'node24',
      rolldownOptions: { external: platformModules, output: { format, entryFileNames: fileName, codeSplitting: false } },
    },
  });
}
