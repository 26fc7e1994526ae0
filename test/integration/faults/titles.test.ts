import { afterEach, beforeEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { ExportFolder, ImportReport } from '#contract/directory/index.ts';
import { openCountyDesk } from '../../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../../builders/platform.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let admin: string;
beforeEach(async () => {
  platform = await openTestPlatform();
  admin = (await logIn({ url: platform.url, account: 'admin' })).session;
});
afterEach(() => platform.close());

/** A list of cameras with these names, as a spreadsheet would write it. */
async function importNames(names: readonly string[]) {
  const quoted = names.map((name, index) => `no-${index + 1},"${name.replaceAll('"', '""')}",east-1`);
  const base64 = Buffer.from(['编号,名称,所属区域', ...quoted].join('\n')).toString('base64');
  const answer = await post({
    url: platform.url + routes.directoryImport,
    body: { files: [{ name: 'cameras.csv', base64 }], take: 'partial' },
    token: admin,
  });
  return ImportReport.parse(await answer.json());
}

async function namesOfCameras(): Promise<readonly string[]> {
  const answer = await fetch(`${platform.url}${routes.directory}/cameras`, { headers: { authorization: `Bearer ${admin}` } });
  return (
    ((await answer.json()) as { rows: { number: string; name: string }[] }).rows
      .filter(({ number }) => number.startsWith('no-'))
      // Pages are in the order of ids; the list was written in the order of numbers.
      .toSorted((a, b) => Number(a.number.slice('no-'.length)) - Number(b.number.slice('no-'.length)))
      .map(({ name }) => name)
  );
}

const asText = [
  '<img src=x onerror="document.title=1">',
  'javascript:alert(1)',
  '<script>alert(1)</script>',
  "'; DROP TABLE facts; --",
  '{{7*7}}${7*7}',
  '=cmd|x',
];
const unreadable = ['right\u202Eto left', 'zero\u0000byte', 'bell\u0007', 'lone \u2066isolate'];

test('names that would act in a page are kept letter by letter as text; what cannot be read or is far too long is refused with its line', async () => {
  const report = await importNames([...asText, ...unreadable, 'x'.repeat(2_000), '东门']);
  const refusedLines = [...new Set(report.problems.map(({ line }) => line))];
  expect(await namesOfCameras()).toEqual([...asText, '东门']);
  expect([report.rows.refused, refusedLines]).toEqual([5, [8, 9, 10, 11, 12]]);
  const huge = await importNames(['东门', 'x'.repeat(1_000_000)]);
  // No spreadsheet writes such a line: the file is refused with the line's number, and the report carries no megabyte back.
  expect([huge.revision, huge.problems.map(({ line, code }) => [line, code])]).toEqual([null, [[3, 'directory.import.brokenCsv']]]);
  expect(JSON.stringify([report, huge]).length).toBeLessThan(20_000);
});

test('cells that a spreadsheet would run go out guarded, and come back as they were', async () => {
  await importNames(['=1+1', '+1', '-1', '@x', 'plain']);
  const answer = await post({ url: platform.url + routes.directoryExport, body: { streams: 'without' }, token: admin });
  const { files } = ExportFolder.parse(await answer.json());
  const text = Buffer.from(files.find(({ name }) => name.startsWith('cameras'))?.base64 ?? '', 'base64').toString('utf8');
  expect(text).toContain('plain');
  expect(text.split('\r\n').filter((line) => /(^|,)"?[=+\-@\t]/.test(line))).toEqual([]);
  await post({ url: platform.url + routes.directoryImport, body: { files, take: 'all' }, token: admin });
  expect(await namesOfCameras()).toEqual(['=1+1', '+1', '-1', '@x', 'plain']);
});

test('a person cannot be given a name that reads otherwise than it is written', async () => {
  const add = async (name: string) => {
    const body = { account: `a${Math.abs(name.length)}`, name, roles: ['auditor'], territory: ['testland'] };
    return (await post({ url: platform.url + routes.people, body, token: admin })).status;
  };
  expect([await add('<b>李管</b>'), await add('李\u202E管x'), await add('\ud800'), await add('x'.repeat(1_000))]).toEqual([
    200, 400, 400, 400,
  ]);
});

test('a workstation is told such names in a directory page that is JSON and says so, never a page that a browser would read as one', async () => {
  await importNames(asText);
  const { desk, device } = await openCountyDesk(platform.url);
  desk.close();
  const answer = await fetch(`${platform.url}${routes.directory}/cameras`, {
    headers: { authorization: `Bearer ${device.deskId}:${device.deviceKey}` },
  });
  expect([
    answer.headers.get('content-type'),
    answer.headers.get('x-content-type-options'),
    (await answer.text()).includes('onerror'),
  ]).toEqual(['application/json', 'nosniff', true]);
});
