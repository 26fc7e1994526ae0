import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { type DeskBasemap, packAlone } from '#main/map/index.ts';
import { openStaticPages } from '#main/shell/index.ts';
import { drawPack } from '#tools/countyPack/drawPack.ts';
import { demoPackFolder, isPackDrawn, packRecipe, writePack } from '#tools/countyPack/writePack.ts';

const projectRoot = path.join(import.meta.dirname, '../..');
const pageFolder = path.join(import.meta.dirname, '../fakes/mapPage');

/** The shelf with the demo county's pack; it is drawn when it is not there yet. */
export async function demoShelf(): Promise<string> {
  const folder = demoPackFolder({ cacheFolder: path.join(projectRoot, '.cache'), scale: 'county' });
  const recipe = await packRecipe(projectRoot);
  if (!(await isPackDrawn({ folder, recipe }))) await writePack({ folder, recipe, pack: drawPack({ scale: 'county' }) });
  return folder;
}

/**
 * A page that draws the county pack, under the policy of the windows: `map` with MapLibre and nothing else, `ground` with the engine as windows
 * have it, following its look, `span` with a part of it as a display has. `asked`: every path, with its status.
 */
export async function openMapPage({
  packShelf,
  name = 'map',
  basemap,
}: {
  packShelf: string;
  name?: 'map' | 'ground' | 'span';
  basemap?: () => DeskBasemap;
}) {
  const outputFolder = await mkdtemp(path.join(tmpdir(), 'commandwall-map-'));
  await build({
    ...{ root: pageFolder, configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ outDir: outputFolder, emptyOutDir: true, target: 'chrome130', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
      rolldownOptions: { input: path.join(pageFolder, `${name}.html`) },
    },
    html: { cspNonce: '__CSP_NONCE__' },
    worker: { format: 'es' },
  });
  const asked: { path: string; status: number; range: string | undefined }[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://window');
    const { range } = request.headers;
    // In a room main tells it over the bridge.
    if (pathname === '/told/basemap.json') return response.end(JSON.stringify((basemap?.() ?? packAlone).served));
    const pages = openStaticPages({
      folder: outputFolder,
      packShelf,
      connect: [],
      ...(basemap === undefined ? {} : { basemap: basemap() }),
    });
    void pages.answer(pathname, { range }).then(({ status, headers, body }) => {
      asked.push({ path: pathname, status, range });
      response.writeHead(status, headers).end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    asked,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(outputFolder, { recursive: true, force: true });
    },
  };
}
