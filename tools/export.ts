/** `npm run export -- FOLDER`: writes the directory as the files that an import reads, whether the platform runs or not. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ExportRequest } from '#contract/directory/index.ts';
import { onPlatform, platformFolder } from './import/dataFolder.ts';
import { exportDirectly } from './import/exportDirectly.ts';
import { exportOverHttp } from './import/importOverHttp.ts';
import { openWords } from './import/words.ts';

const help = `Writes the platform's directory as the files that npm run import reads.

  npm run export -- FOLDER [--data DIR] [--with-streams] [--lang zh|en] [--account NAME]

  FOLDER            a new or empty folder; gets regions.geojson, centers.csv, units.csv, responders.csv, cameras.csv
  --data DIR        the folder that npm start keeps everything in (default: ./data)
  --with-streams    the cameras' addresses too, with their passwords
  --lang zh|en      language of what is said (default: zh)
  --account NAME    an administrator, when the platform runs and is no demo; the password comes from COMMANDWALL_PASSWORD or is asked for
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      data: { type: 'string', default: 'data' },
      'with-streams': { type: 'boolean', default: false },
      lang: { type: 'string', default: 'zh' },
      account: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [folder] = positionals;
  if (values.help || folder === undefined) {
    console.log(help);
    return values.help ? 0 : 1;
  }
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length > 0) throw new Error(`${folder} is not empty; name a new folder, so that nothing of yours is replaced.`);
  const request: ExportRequest = { streams: values['with-streams'] ? 'with' : 'without' };
  const { files } = await onPlatform({
    dataFolder: platformFolder(values.data),
    directly: (taken) => exportDirectly({ request, folder: taken }),
    overHttp: (url) => exportOverHttp({ request, url, account: values.account }),
  });
  // Names and phone numbers of people, perhaps passwords: for whoever ran this and nobody else.
  for (const { name, base64 } of files)
    writeFileSync(path.join(folder, path.basename(name)), Buffer.from(base64, 'base64'), { mode: 0o600 });
  const words = await openWords(values.lang === 'en' ? 'en' : 'zh');
  console.log(words('report.exported', { folder, files: files.map(({ name }) => name).join(', ') }));
  if (request.streams === 'with') console.log(words('report.withStreams'));
  return 0;
}
