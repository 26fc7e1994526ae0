/** `npm run certificates`: the county's own authority, whom desks and browsers believe; made, shown, handed over. */
import { copyFileSync, existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { authorityNameOf } from '#platform/bin/listening.ts';
import { newAuthority, openAuthorityFolder } from '#platform/certificates/index.ts';
import { takeDataFolder } from '#platform/dataFolder.ts';
import { certificateLines } from './certificates/certificateLines.ts';
import { findPlatformFolder } from './platformFolder.ts';

const help = `Makes the county's own authority where there is none, and shows it.

  npm run certificates -- [--data DIR] [--county-name NAME] [--export FILE] [--new-authority] [--lang zh|en]

  --data DIR           the folder that npm start or the platform keeps everything in (default: ./data)
  --county-name NAME   goes into the name that browsers show for it (default: 本县); only when it is made
  --export FILE        writes the authority's certificate, without its key, to hand it to desks (--platform-ca) and browsers
  --new-authority      makes another one; the one before is kept aside. Every desk must be handed the new one. The platform must be stopped
  --lang zh|en         language of what is shown (default: zh)

The certificate of the server itself is made and renewed by the platform (--tls). Exit code: 0, or 1 with a sentence.
`;

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});

async function main(argv: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: 'string', default: 'data' },
      'county-name': { type: 'string', default: '本县' },
      export: { type: 'string' },
      'new-authority': { type: 'boolean', default: false },
      lang: { type: 'string', default: 'zh' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const dataFolder = findPlatformFolder(values.data) ?? path.resolve(values.data, 'platform');
  const folder = openAuthorityFolder(dataFolder);
  const nowMs = Date.now();
  if (values['new-authority']) setAside({ dataFolder, folder, nowMs });
  const made = { folder, name: authorityNameOf({ name: values['county-name'] }), nowMs };
  const authority = folder.readAuthority() ?? (await newAuthority(made));
  if (values.export !== undefined) {
    if (existsSync(values.export)) throw new Error(`${values.export} is there already.`);
    copyFileSync(folder.certificateFile, values.export);
  }
  const shown = { authority: authority.certificate, server: folder.readServer()?.certificate ?? null };
  const files = { authority: folder.certificateFile, exported: values.export === undefined ? null : path.resolve(values.export) };
  for (const line of certificateLines({ ...shown, files, language: values.lang === 'en' ? 'en' : 'zh' })) console.log(line);
  return 0;
}

/** Not under a platform that runs: it would show the new one within the hour, and its desks would stand outside. */
function setAside({
  dataFolder,
  folder,
  nowMs,
}: {
  dataFolder: string;
  folder: ReturnType<typeof openAuthorityFolder>;
  nowMs: number;
}): void {
  const taken = takeDataFolder(dataFolder);
  if (taken === null)
    throw new Error(`A platform runs on ${dataFolder}. Stop it first: every desk needs the new authority before it comes in again.`);
  folder.setAside(nowMs);
  taken.release();
}
