import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = (path: string) => decodeURIComponent(new URL(path, import.meta.url).pathname);

/** The contract does no work when it is loaded (docs/architecture.md), so a window takes of its index files only what it uses; the push worker no schema at all. */
const treeshake = { moduleSideEffects: [{ test: /[\\/]contract[\\/]/, sideEffects: false }] };

export default defineConfig({
  root: here('./entries'),
  publicDir: false,
  plugins: [react()],
  // Replaced per load by the window server: the policy allows styles and scripts by nonce or from 'self' only.
  html: { cspNonce: '__CSP_NONCE__' },
  worker: { format: 'es', rolldownOptions: { treeshake } },
  build: {
    outDir: here('../dist/renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    modulePreload: { polyfill: false },
    // font-src has no data: in the policy, so small font subsets stay files too.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      treeshake,
      input: {
        console: here('./entries/console.html'),
        wall: here('./entries/wall.html'),
        admin: here('./entries/admin.html'),
        audit: here('./entries/audit.html'),
        roster: here('./entries/roster.html'),
      },
      // Schemas look for eval when they are made: whatever chunk makes some must have zod from one that has turned that off.
      output: { codeSplitting: { groups: [{ name: 'zod', test: /node_modules\/zod\/|entries\/jitless\.ts/ }] } },
    },
  },
});
