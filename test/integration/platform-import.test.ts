import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSqliteStore } from '#platform/record/index.ts';
import { claimAdministrator, type PlatformProcess, startPlatform } from '../builders/platformProcess.ts';

const tool = path.resolve(import.meta.dirname, '../../tools/import.ts');
let folder: string;
const started: PlatformProcess[] = [];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'import-'));
  mkdirSync(path.join(folder, 'list'));
});
afterEach(async () => {
  for (const { child, ended } of started.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  rmSync(folder, { recursive: true });
});

/** Runs `npm run import` as somebody at a terminal would. */
function runImport({ lines, args = [], password = '' }: { lines: readonly string[]; args?: readonly string[]; password?: string }) {
  writeFileSync(path.join(folder, 'list', 'cameras.csv'), `${lines.join('\n')}\n`);
  const all = [tool, path.join(folder, 'list'), '--data', path.join(folder, 'data'), '--lang', 'en', ...args];
  return new Promise<{ code: number; lines: string[] }>((resolve) => {
    const env = { ...process.env, COMMANDWALL_PASSWORD: password };
    execFile(process.execPath, all, { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), lines: `${stdout}${stderr}`.trim().split('\n') }),
    );
  });
}

async function start() {
  const platform = startPlatform({ data: path.join(folder, 'data', 'platform') });
  started.push(platform);
  return { platform, url: await platform.ready };
}

const heading = '编号,名称,主码流,所属区域';

test('a list is imported while the platform runs, and while it does not', async () => {
  const { platform, url } = await start();
  await claimAdministrator({ platform, url: url! });
  const account = ['--account', 'root'];
  const nobody = await runImport({ lines: [heading, '0101,甲,rtsp://10.0.0.1/a,county'] });
  const running = await runImport({ lines: [heading, '0101,甲,rtsp://u:p@10.0.0.1/a,county'], args: account, password: 'a long password' });
  platform.child.kill('SIGTERM');
  await platform.ended;
  const stopped = await runImport({ lines: [heading, '0101,甲,rtsp://u:p@10.0.0.1/a,county', '0102,乙,,county'] });
  const refused = await runImport({ lines: [heading, '0103,丙,rtsp://u:secret@127.0.0.1/a,county'] });
  const restarted = await start();
  const store = await openSqliteStore({ file: path.join(folder, 'data', 'platform', 'record.sqlite'), newEpoch: 'unused' });
  const { revision, rows } = await store.readDirectory();
  const sources = await store.readSources();
  await store.close();
  expect([nobody, running, stopped, refused]).toEqual([
    { code: 1, lines: ['The platform is running: name one of its administrators with --account NAME.'] },
    { code: 0, lines: ['Imported: 1 added, 0 changed, 0 unchanged. The directory is at revision 2 now.'] },
    { code: 0, lines: ['Imported: 1 added, 0 changed, 1 unchanged. The directory is at revision 3 now.'] },
    {
      code: 1,
      lines: [
        'cameras.csv line 2 "主码流": This IP address is not in the networks where the platform may look for cameras.  (it says: rtsp://***@127.0.0.1/a)',
        'Nothing was imported: there are 1 problems. Mend them and try again, or add --partial to import the rows without problems.',
      ],
    },
  ]);
  expect([
    restarted.url === null,
    revision,
    rows.filter(({ kind }) => kind === 'cameras').map(({ id }) => id),
    sources.map((row) => row.url),
  ]).toEqual([false, 3, ['no-0101', 'no-0102'], ['rtsp://u:p@10.0.0.1/a']]);
});

test('a folder of a platform that was never started is refused with a sentence', async () => {
  const { code, lines } = await runImport({ lines: [heading] });
  expect([code, lines[0]?.includes('No platform has been started with')]).toEqual([1, true]);
});
