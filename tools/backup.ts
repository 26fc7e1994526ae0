/** `npm run backup -- --to FOLDER`: a verified copy of the platform's data folder, also while the platform runs. */
import { parseArgs } from 'node:util';
import { makeBackup } from './backup/makeBackup.ts';
import { findPlatformFolder } from './platformFolder.ts';

const help = `Copies what the platform keeps, also while it runs, and verifies the copy.

  npm run backup -- --to FOLDER [--data DIR]

  --to FOLDER   a new or empty folder; it holds the cameras' passwords: keep it where only you can read it
  --data DIR    the folder that npm start keeps everything in (default: ./data)
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: { to: { type: 'string' }, data: { type: 'string', default: 'data' }, help: { type: 'boolean', default: false } },
  });
  if (values.help || values.to === undefined) {
    console.log(help);
    return values.help ? 0 : 1;
  }
  const from = findPlatformFolder(values.data);
  if (from === null) throw new Error(`No platform has been started with ${values.data} yet.`);
  const { manifest, places } = await makeBackup({ from, to: values.to });
  console.log(`${manifest.county}: ${manifest.files.length} file(s), ${places} places of ${manifest.heads.length} feed(s) verified.`);
  console.log(`The backup is in ${values.to}.`);
  return 0;
}
