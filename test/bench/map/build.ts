import path from 'node:path';
import { build } from 'vite';

/** Builds the map's own page (tests and benchmark) into a folder. */
export async function buildMapPage(outDir: string): Promise<void> {
  const root = import.meta.dirname;
  await build({
    configFile: false,
    logLevel: 'warn',
    root,
    html: { cspNonce: '__CSP_NONCE__' },
    worker: { format: 'es' },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome130',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: { map: path.join(root, 'page.html') } },
    },
  });
}
