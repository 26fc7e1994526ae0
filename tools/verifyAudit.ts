/** `npm run verify-audit`: recomputes every chain of a platform's record and compares it with the heads that desks kept. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { verifyFolder } from '#platform/audit/index.ts';
import { findingLines } from './audit/findingLines.ts';
import { findPlatformFolder } from './platformFolder.ts';

const help = `Checks that nothing in the platform's record was changed, removed, inserted, put in another order or cut off.

  npm run verify-audit -- [--data DIR] [--heads FOLDER] [--lang zh|en]

  --data DIR        the folder that npm start keeps everything in (default: ./data)
  --heads FOLDER    signed heads that a desk kept: signed-heads in its room folder; may be given several times
                    (default: those of the room in --data, if there are any)
  --lang zh|en      language of the report (default: zh)

The platform may run meanwhile; nothing is written. Exit code: 0 = nothing found, 1 = something found, 2 = could not be checked.
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string', default: 'data' },
      heads: { type: 'string', multiple: true },
      lang: { type: 'string', default: 'zh' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const headFolders = values.heads ?? [path.join(values.data, 'room', 'signed-heads')].filter((folder) => existsSync(folder));
  for (const folder of headFolders) if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const dataFolder = findPlatformFolder(values.data);
  if (dataFolder === null) throw new Error(`There is no record in ${path.resolve(values.data)}. Name the folder with --data.`);
  const verified = await verifyFolder({ dataFolder, headFolders });
  for (const line of await findingLines({ verified, language: values.lang === 'en' ? 'en' : 'zh' })) console.log(line);
  return verified.findings.length === 0 ? 0 : 1;
}
