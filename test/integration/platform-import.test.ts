import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { DirectoryPage } from '#contract/directory/index.ts';
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
function runImport({ lines, ...rest }: { lines: readonly string[]; args?: readonly string[]; password?: string }) {
  writeFileSync(path.join(folder, 'list', 'cameras.csv'), `${lines.join('\n')}\n`);
  return run({ ...rest, tool, target: path.join(folder, 'list') });
}

function run({
  tool: script,
  target,
  args = [],
  password = '',
}: {
  tool: string;
  target: string;
  args?: readonly string[];
  password?: string;
}) {
  const all = [script, target, '--data', path.join(folder, 'data'), '--lang', 'en', ...args];
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

test("a county's messy folder comes into an empty platform, is reported, seen by its pages, and goes out as it came", async () => {
  const { platform, url } = await start();
  const session = await claimAdministrator({ platform, url: url! });
  cpSync(path.resolve(import.meta.dirname, '../../docs/examples/county-folder'), path.join(folder, 'county'), { recursive: true });
  const county = { tool, target: path.join(folder, 'county') };
  const login = { args: ['--account', 'root'], password: 'a long password' };
  const refused = await run({ ...county, ...login });
  const taken = await run({ ...county, ...login, args: [...login.args, '--partial'] });
  const again = await run({ ...county, ...login, args: [...login.args, '--partial'] });
  expect(refused.lines.filter((line) => line.startsWith('cameras.csv line')).map((line) => line.split(':')[0])).toEqual(
    ['14 "设备编码"', '15 "经度"', '16 "经度"', '17 "所属区域"', '18 "主码流"'].map((place) => `cameras.csv line ${place}`),
  );
  expect([refused.code, taken.code, taken.lines.slice(-7), again.lines.at(-2)]).toEqual([
    1,
    0,
    [
      'regions: 5 read, 4 added, 1 changed, 0 unchanged, 0 not imported',
      'centers: 3 read, 3 added, 0 changed, 0 unchanged, 0 not imported',
      'units: 2 read, 2 added, 0 changed, 0 unchanged, 0 not imported',
      'responders: 2 read, 2 added, 0 changed, 0 unchanged, 0 not imported',
      'cameras: 17 read, 12 added, 0 changed, 0 unchanged, 5 not imported',
      'Imported: 23 added, 1 changed, 0 unchanged. The directory is at revision 2 now.',
      '5 rows were not imported; the 5 problems are above.',
    ],
    'Nothing changed: the platform has all 24 already.',
  ]);
  const page = await fetch(`${url}${routes.directory}/cameras`, { headers: { authorization: `Bearer ${session}` } });
  const seen = DirectoryPage.parse(await page.json());
  expect(seen.kind === 'cameras' && seen.rows.map(({ gbId, regionId }) => [gbId?.slice(-2), regionId])[11]).toEqual([
    '12',
    'rg-610999100001',
  ]);

  const out = { tool: tool.replace('import.ts', 'export.ts'), target: path.join(folder, 'out') };
  const exported = await run({ ...out, ...login, args: [...login.args, '--with-streams'] });
  const back = await run({ tool, target: out.target, ...login });
  const nobody = await run({ ...out, target: path.join(folder, 'other') });
  const cameras = readFileSync(path.join(out.target, 'cameras.csv'), 'utf8');
  expect([exported.code, back.code, back.lines.at(-1), nobody.code]).toEqual([
    0,
    0,
    'Nothing changed: the platform has all 24 already.',
    1,
  ]);
  expect([cameras.startsWith('\uFEFF'), cameras.includes(',61099900001320000012,'), cameras.includes('rtsp://10.20.0.12/main')]).toEqual([
    true,
    true,
    true,
  ]);
});

test('with --probe what was imported is looked at and graded, once', async () => {
  const { platform, url } = await start();
  await claimAdministrator({ platform, url: url! });
  const how = {
    lines: [heading, '0101,甲,rtsp://u:p@10.255.255.1:9/a,county'],
    args: ['--account', 'root', '--probe'],
    password: 'a long password',
  };
  const first = await runImport(how);
  expect(first.lines.filter((line) => line.startsWith('0101 甲'))).toEqual([
    expect.stringMatching(/^0101 甲 {2}Unusable {2}Full picture: no picture: /),
  ]);
  expect(first.lines.at(-1)).toBe('Probed: Unusable 1');
  expect(first.lines.join('\n')).not.toContain('u:p@');
  const again = await runImport(how);
  expect([again.lines.at(-1), again.code]).toEqual(['No camera has to be probed', 0]);
  platform.child.kill('SIGTERM');
  await platform.ended;
  const stopped = await runImport(how);
  expect(stopped.lines.at(-1)).toContain('The platform does not run');
});
