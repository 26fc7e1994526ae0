/** `npm run import -- FOLDER`: brings a folder with cameras.csv into the platform's directory, whether the platform runs or not. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ImportReport, ImportRequest } from '#contract/directory/index.ts';
import { runningPlatform, takeDataFolder } from '#platform/dataFolder.ts';
import { importDirectly } from './import/importDirectly.ts';
import { importOverHttp } from './import/importOverHttp.ts';
import { reportLines } from './import/reportLines.ts';
import { findPlatformFolder } from './platformFolder.ts';

const help = `Brings a list of cameras into the platform's directory.

  npm run import -- FOLDER [--data DIR] [--partial] [--lang zh|en] [--account NAME]

  FOLDER            holds cameras.csv: one camera per line, columns named in Chinese or English
                    名称, 所属区域, 国标编码 or 编号; also 经度, 纬度, 坐标系, 主码流, 子码流 (rtsp://...), 传输方式 ...
  --data DIR        the folder that npm start keeps everything in (default: ./data)
  --partial         import the rows without problems; otherwise it is all or nothing
  --lang zh|en      language of the report (default: zh)
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
      partial: { type: 'boolean', default: false },
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
  const request: ImportRequest = { files: readFiles(folder), take: values.partial ? 'partial' : 'all' };
  const report = await importInto({ request, dataFolder: platformFolder(values.data), account: values.account });
  for (const line of await reportLines({ report, language: values.lang === 'en' ? 'en' : 'zh' })) console.log(line);
  return report.problemCount === 0 || report.revision !== null ? 0 : 1;
}

function readFiles(folder: string): ImportRequest['files'] {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const names = readdirSync(folder).filter((name) => name.toLowerCase().endsWith('.csv'));
  if (names.length === 0) throw new Error(`There is no .csv file in ${folder}; a list of cameras is called cameras.csv.`);
  return names.slice(0, 16).map((name) => ({ name, base64: readFileSync(path.join(folder, name)).toString('base64') }));
}

function platformFolder(dataFolder: string): string {
  const found = findPlatformFolder(dataFolder);
  if (found === null)
    throw new Error(
      `No platform has been started with ${path.resolve(dataFolder)} yet. Run npm start once, or name its folder with --data.`,
    );
  return found;
}

async function importInto({
  request,
  dataFolder,
  account,
}: {
  request: ImportRequest;
  dataFolder: string;
  account: string | undefined;
}): Promise<ImportReport> {
  const taken = takeDataFolder(dataFolder);
  if (taken !== null) return await importDirectly({ request, folder: taken });
  const running = runningPlatform(dataFolder);
  if (running === null) throw new Error(`A platform is just starting or stopping on ${dataFolder}; try again in a moment.`);
  return await importOverHttp({ request, url: running.url, account });
}
