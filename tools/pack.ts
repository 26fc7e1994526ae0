/** `npm run pack`: checks a county's map and puts it into the platform's data folder. */
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { CountyId } from '#contract/values/index.ts';
import { packShelfFolder, putPack } from '#platform/map/index.ts';
import { packLines } from './countyPack/packLines.ts';
import { findPlatformFolder } from './platformFolder.ts';

const help = `Checks a county's map (a folder with manifest.json and the files that it names) and gives it to the platform.

  npm run pack -- FOLDER [--data DIR] [--lang zh|en]

  FOLDER            the pack, or its manifest.json
  --data DIR        the folder that npm start keeps everything in (default: ./data)
  --lang zh|en      language of the report (default: zh)

The platform may run meanwhile; desks fetch the new map by themselves within some minutes. Exit code: 0 = taken, 1 = refused, 2 = could not be done.
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: 'data' },
      lang: { type: 'string', default: 'zh' },
      help: { type: 'boolean', default: false },
    },
  });
  const [from] = positionals;
  if (values.help || from === undefined || positionals.length > 1) {
    console.log(help);
    return values.help ? 0 : 2;
  }
  const folder = findPlatformFolder(values.data);
  if (folder === null)
    throw new Error(`There is no platform in ${path.resolve(values.data)}. Run npm start once, or name its folder with --data.`);
  const countyId = countyOf(folder);
  const put = await putPack({ from: path.resolve(from), shelf: packShelfFolder(folder), countyId });
  for (const line of await packLines({ put, language: values.lang === 'en' ? 'en' : 'zh' })) console.log(line);
  return put.ok ? 0 : 1;
}

/** Reads, and changes nothing: the platform may be writing. */
function countyOf(folder: string): CountyId {
  const database = new DatabaseSync(path.join(folder, 'record.sqlite'), { readOnly: true, timeout: 5_000 });
  try {
    const row = database.prepare(`SELECT value FROM meta WHERE key = 'county'`).get();
    const county = z.object({ countyId: CountyId }).safeParse(JSON.parse(String(row?.['value'] ?? 'null')));
    if (!county.success) throw new Error('The platform of this folder was never started to its end. Run npm start once.');
    return county.data.countyId;
  } finally {
    database.close();
  }
}
