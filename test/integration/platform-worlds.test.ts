import { expect, test } from 'vitest';
import type { DeviceEnrolled } from '#contract/access/index.ts';
import { DirectoryKind, ImportReport, Responder } from '#contract/directory/index.ts';
import { routes } from '#contract/bus/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { northTown, smallCounty } from '../builders/smallCounty.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { openHandIntake } from '../fakes/handIntake.ts';

/** What differs between worlds: the county has reported a fault of one camera; people who work somewhere and report where they are; what an import brings. */
type World = {
  readonly faultOf?: string;
  readonly responderOf?: 'east' | 'west';
  readonly reportOf?: string;
  readonly imported?: Tables;
};

/** Rows of an import's tables, as a county writes them. */
type Tables = { readonly cameras?: string; readonly responders?: string; readonly units?: string; readonly centers?: string };

const headings: { readonly [Table in keyof Tables]-?: string } = {
  cameras: '平台编号,编号,名称,所属区域',
  responders: '平台编号,编号,姓名,所属区域',
  units: '平台编号,名称,所属区域',
  centers: '平台编号,名称,所属区域,值班电话',
};

/** Somebody more who works in a village; his id comes before everybody's, so that he would shift their numbers. */
function oneMore(town: string): TypedRow {
  const row = { countyId: 'testland', id: 'r-0', index: 7, kind: 'gridWorker', name: 'r-0', regionId: `${town}-1` };
  return { kind: 'responders', row: Responder.parse(row) };
}

/** Brings rows in as an administrator does. */
async function importTables({ url, tables }: { url: string; tables: Tables }): Promise<void> {
  const { session } = await logIn({ url, account: 'admin' });
  const files = (Object.keys(tables) as (keyof Tables)[]).map((table) => {
    const base64 = Buffer.from(`${headings[table]}\n${tables[table]}\n`).toString('base64');
    return { name: `${table}.csv`, base64 };
  });
  const answer = await post({ url: `${url}${routes.directoryImport}`, body: { files, take: 'all' }, token: session });
  const { revision, problems } = ImportReport.parse(await answer.json());
  if (revision === null) throw new Error(`nothing was imported: ${JSON.stringify(problems)}`);
}

/** Everything that one of the town's desks is told, by itself and as it resumes. */
async function openTownDesk(url: string, { device, session }: { device: DeviceEnrolled; session: string }) {
  const desk = await connectDesk({ url, device });
  const welcome = (await desk.ask('attach', { session })) as { feeds: string[] };
  const resume = async () => await desk.resume(welcome.feeds.map((feed) => ({ feed, position: null })));
  await resume();
  return { desk, welcome, resume };
}

/** Every page of the directory, to the person and to the workstation, with what stands above it. */
async function pagesOf(url: string, bearers: readonly string[]) {
  const asked = bearers.flatMap((bearer) =>
    DirectoryKind.options.map((kind) => ({ kind, headers: { authorization: `Bearer ${bearer}` } })),
  );
  return await Promise.all(
    asked.map(async ({ kind, headers }) => {
      const answer = await fetch(`${url}${routes.directory}/${kind}`, { headers });
      // The clock of the machine, not of the platform.
      const above = [...answer.headers].filter(([name]) => name !== 'date');
      return [above, await answer.text()];
    }),
  );
}

/** Everything that a town's desks are told in a world: one that is connected all the time, and one that comes when all has happened. */
async function toldToTheTown({ faultOf, responderOf, reportOf, imported }: World): Promise<string> {
  const { clock, timers, secrets, advanceMs } = createHandPorts();
  const { openIntake, report } = openHandIntake(clock);
  const rows = [...(responderOf === undefined ? [] : [oneMore(responderOf)]), ...smallCounty.rows, ...northTown];
  const foundation = { county: smallCounty.county, rows: () => rows };
  const platform = await openTestPlatform({ clock, timers, secrets, openIntake, foundation });
  const { url } = platform;
  const duty = await openCountyDesk(url);
  const { session } = await logIn({ url, account: 'town' });
  // Of the town, as its copy of the directory is.
  const devices = [await enrol({ url, session }), await enrol({ url, session })] as const;
  const { desk, welcome, resume } = await openTownDesk(url, { device: devices[0], session });
  report('r-east');
  if (reportOf !== undefined) report(reportOf);
  if (faultOf !== undefined) await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: faultOf }));
  advanceMs(1_000);
  await desk.until(() => desk.told.positions.length > 0);
  if (imported !== undefined) await importTables({ url, tables: imported });
  if (reportOf !== undefined) report(reportOf, { lng: 109 });
  advanceMs(1_000);
  await desk.until(() => desk.told.heads.length > 0);
  const again = await resume();
  const asked = [viewQuestion({ cameraId: 'west-a' }), viewQuestion({ cameraId: 'nowhere' })];
  const answers = await Promise.all(asked.map((question) => desk.ask('ask', question)));
  const commanded = await desk.ask(
    'command',
    faultReport({ session, cameraId: 'west-a', commandId: '0198c7d2-0000-7000-8000-000000000001' }),
  );
  const pages = await pagesOf(url, [session, `${devices[0].deskId}:${devices[0].deviceKey}`]);
  const late = await openTownDesk(url, { device: devices[1], session });
  for (const each of [desk, late.desk, duty.desk]) each.close();
  await platform.close();
  return JSON.stringify([desk.told, welcome, again, answers, commanded, pages, late.desk.told, late.welcome]);
}

test('two worlds that differ only in what a town may not see tell it the same, byte for byte', async () => {
  const nothing = await toldToTheTown({});
  expect(nothing).toContain('[{"type":"Buffer"');
  expect(await toldToTheTown({ faultOf: 'west-a' })).toBe(nothing);
  expect(await toldToTheTown({ reportOf: 'r-west' })).toBe(nothing);
  expect(await toldToTheTown({ responderOf: 'west', reportOf: 'r-0' })).toBe(nothing);
});

test('and a fact, a place or a colleague of its own makes them differ, so that the comparison can fail', async () => {
  const nothing = await toldToTheTown({});
  expect(await toldToTheTown({ faultOf: 'east-a' })).not.toBe(nothing);
  expect(await toldToTheTown({ reportOf: 'r-east' })).not.toBe(nothing);
  expect(await toldToTheTown({ responderOf: 'east', reportOf: 'r-0' })).not.toBe(nothing);
});

/** Each kind of row that an import may bring into a town; ids that come before the town's own, so that they would stand above them. */
const brought = (town: string): readonly Tables[] => [
  { cameras: `a-0,a-0,a-0,${town}-1` },
  { responders: `r-00,r-00,r-00,${town}-1` },
  { units: `u-0,u-0,${town}` },
  { centers: `a-0,a-0,${town}-1,12345` },
];

test('an import of what lies in other towns is nothing that a town hears of: no revision, no count, no hash, no word', async () => {
  const nothing = await toldToTheTown({});
  const all: Tables = Object.assign({}, ...brought('north'));
  // A camera comes and one moves between two other towns, in the one import.
  const moved: Tables = { ...all, cameras: `${all.cameras}\nwest-a,west-a,west-a,north-1` };
  expect(await toldToTheTown({ imported: moved })).toBe(nothing);
  expect(await toldToTheTown({ imported: moved, faultOf: 'west-a' })).toBe(nothing);
});

test.each(brought('east'))('and one row of its own, %o, is', async (imported) => {
  expect(await toldToTheTown({ imported })).not.toBe(await toldToTheTown({}));
});

test('a camera that comes into the own town is told, and its fault with it', async () => {
  const imported = { cameras: 'west-a,west-a,west-a,east-1' };
  const moved = await toldToTheTown({ imported });
  expect(moved).not.toBe(await toldToTheTown({}));
  expect(await toldToTheTown({ imported, faultOf: 'west-a' })).not.toBe(moved);
});
