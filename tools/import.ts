/** `npm run import -- FOLDER`: brings a county's own lists into the platform's directory, whether the platform runs or not. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ColumnProposal } from '#contract/directory/index.ts';
import type { FolderRequest } from '#platform/directory/index.ts';
import { onPlatform, platformFolder } from './import/dataFolder.ts';
import { importDirectly } from './import/importDirectly.ts';
import { type Heard, importOverHttp } from './import/importOverHttp.ts';
import { createProbePrinter } from './import/probeLines.ts';
import { reportLines } from './import/reportLines.ts';
import { openWords } from './import/words.ts';

const help = `Brings a county's own lists into the platform's directory.

  npm run import -- FOLDER [--data DIR] [--dry-run] [--partial] [--probe] [--lang zh|en] [--account NAME]

  FOLDER            regions.geojson, and centers, units, responders, cameras as .csv or .xlsx: what there is.
                    Columns are named in Chinese or English (docs/import.md); others by mapping.json
  --data DIR        the folder that npm start keeps everything in (default: ./data)
  --dry-run         only say what an import would do, and propose mapping.json for unknown columns
  --partial         import the rows without problems; otherwise it is all or nothing
  --probe           then have every camera that was never looked at probed (a few at a time), and print the grades;
                    needs a platform that runs. Ctrl+C leaves: the platform goes on
  --lang zh|en      language of the report (default: zh)
  --account NAME    an administrator, when the platform runs and is no demo; the password comes from COMMANDWALL_PASSWORD or is asked for
`;

/** Where a dry run leaves its proposal: not under the name that counts, a person looks at it first. */
const proposalFile = 'mapping.proposed.json';
const readEndings = ['.csv', '.xlsx', '.geojson'];

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
      'dry-run': { type: 'boolean', default: false },
      partial: { type: 'boolean', default: false },
      probe: { type: 'boolean', default: false },
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
  const take = values['dry-run'] ? 'none' : values.partial ? 'partial' : 'all';
  const request: FolderRequest = { files: findFiles(folder), take };
  const words = await openWords(values.lang === 'en' ? 'en' : 'zh');
  const isProbed = values.probe && take !== 'none';
  const heard: Heard = {
    onReport: (found) => print(reportLines({ report: found, words, take })),
    onProbed: isProbed ? createProbePrinter({ words, print: (line) => print([line]) }) : null,
  };
  const report = await onPlatform({
    dataFolder: platformFolder(values.data),
    async directly(taken) {
      const found = await importDirectly({ request, folder: taken });
      heard.onReport(found);
      if (isProbed) print([words('report.probeLater')]);
      return found;
    },
    overHttp: (url) => importOverHttp({ request, url, account: values.account, ...heard }),
  });
  if (report.proposals.length > 0) {
    const file = path.join(folder, proposalFile);
    writeFileSync(file, proposalText(report.proposals));
    console.log(words('report.proposed', { file }));
  }
  return report.problemCount === 0 || report.revision !== null ? 0 : 1;
}

function print(lines: readonly string[]): void {
  for (const line of lines) console.log(line);
}

/** With values beside each guess: whoever checks it needs no second window. */
function proposalText(proposals: readonly ColumnProposal[]): string {
  const kinds = Map.groupBy(proposals, ({ kind }) => kind);
  const mapping = [...kinds].map(([kind, columns]) => {
    const meanings = columns.map(({ heading, field, why, samples }) => [heading, { field, why, samples }] as const);
    return [kind, Object.fromEntries(meanings)] as const;
  });
  return `${JSON.stringify(Object.fromEntries(mapping), null, 2)}\n`;
}

function findFiles(folder: string): FolderRequest['files'] {
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const names = readdirSync(folder).filter((name) => {
    const lower = name.toLowerCase();
    // A spreadsheet program's lock file (~$cameras.xlsx) lies beside a list that is open.
    return lower === 'mapping.json' || (readEndings.some((ending) => lower.endsWith(ending)) && !lower.startsWith('~$'));
  });
  if (names.length === 0) throw new Error(`There is no list in ${folder}; a list of cameras is called cameras.csv or cameras.xlsx.`);
  return names.slice(0, 16).map((name) => ({ name, read: () => readFileSync(path.join(folder, name)) }));
}
