/** `node test/bench/import/bench.ts FOLDER [CAMERAS] [VERTICES]`: an import folder of the size that docs/performance.md speaks of. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bigCounty } from '#platform/directory/import/testing/bigCounty.ts';

const [folder, cameras = '50000', vertices = '1000000'] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name the folder to write.');
const county = bigCounty({ cameras: Number(cameras), vertices: Number(vertices) });
mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, 'regions.geojson'), county.regions);
writeFileSync(path.join(folder, 'cameras.csv'), county.cameras);
