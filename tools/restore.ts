/** `npm run restore -- --from FOLDER`: puts a backup in the place of the platform's data folder, under a new epoch. */
import { userInfo } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { restoreBackup } from './backup/restoreBackup.ts';
import { findPlatformFolder } from './platformFolder.ts';

const help = `Puts a backup in the place of what the platform keeps. The platform must not run; desks may.

  npm run restore -- --from FOLDER [--data DIR]

  --from FOLDER   a folder made by npm run backup
  --data DIR      the folder that npm start keeps everything in (default: ./data); what it held is kept aside
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { from: { type: 'string' }, data: { type: 'string', default: 'data' }, help: { type: 'boolean', default: false } },
  });
  if (values.help || values.from === undefined) {
    console.log(help);
    return values.help ? 0 : 1;
  }
  const to = findPlatformFolder(values.data) ?? path.resolve(values.data, 'platform');
  const { manifest, places, aside, disabledAgain } = await restoreBackup({ from: values.from, to, by: userInfo().username });
  console.log(`${manifest.county}, as it was at ${new Date(manifest.madeAtMs).toISOString()}: ${places} places verified.`);
  if (aside !== null) console.log(`What was there before is in ${aside}.`);
  if (disabledAgain > 0) console.log(`${disabledAgain} accounts that had been disabled since the backup are disabled again.`);
  console.log('Every feed goes on in a new epoch; everybody logs in again; each desk names its commands that are not in this record.');
  return 0;
}
