/** Draws the map of the demo county once, into .cache/county-packs. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { drawPack } from './countyPack/drawPack.ts';
import { demoPackFolder, isPackDrawn, packRecipe, writePack } from './countyPack/writePack.ts';

const usage = `Draws the map of the demo county (land, roads, houses, hills, names), once, into .cache/county-packs/<scale>.

  node tools/countyPack.ts [--scale county|prefecture] [--cache DIR] [--list]

  --list   say whether it is there ("ready") or not ("missing") and draw nothing
`;

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: 'county' },
    cache: { type: 'string' },
    list: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
if (values.help === true) process.stdout.write(usage);
else await main();

async function main(): Promise<void> {
  const projectRoot = path.join(import.meta.dirname, '..');
  const scale = values.scale === 'prefecture' ? 'prefecture' : 'county';
  const folder = demoPackFolder({ cacheFolder: path.resolve(values.cache ?? path.join(projectRoot, '.cache')), scale });
  const recipe = await packRecipe(projectRoot);
  const isDrawn = await isPackDrawn({ folder, recipe });
  if (values.list === true || isDrawn) return console.log(`${scale} ${isDrawn ? 'ready' : 'missing'}`);
  const startedMs = performance.now();
  const pack = drawPack({ scale, say: (part) => console.log(`map of the demo: ${part}`) });
  await writePack({ folder, pack, recipe });
  const bytes = pack.manifest.files.map((file) => `${file.name} ${(file.bytes / 1e6).toFixed(2)} MB`).join(', ');
  console.log(`map of the demo: drawn in ${((performance.now() - startedMs) / 1000).toFixed(1)} s (${bytes})`);
}
