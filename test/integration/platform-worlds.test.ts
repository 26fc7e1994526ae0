import { expect, test } from 'vitest';
import { Responder } from '#contract/directory/index.ts';
import { routes } from '#contract/bus/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { northTown, smallCounty } from '../builders/smallCounty.ts';
import { connectDesk } from '../fakes/busDesk.ts';
import { openHandIntake } from '../fakes/handIntake.ts';

/** What differs between worlds: the county has reported a fault of one camera, which an import then moved; people who work somewhere and report where they are. */
type World = { readonly faultOf?: string; readonly responderOf?: 'east' | 'west'; readonly reportOf?: string; readonly moved?: string };

/** Somebody more who works in a village; his id comes before everybody's, so that he would shift their numbers. */
function oneMore(town: string): TypedRow {
  const row = { countyId: 'testland', id: 'r-0', index: 7, kind: 'gridWorker', name: 'r-0', regionId: `${town}-1` };
  return { kind: 'responders', row: Responder.parse(row) };
}

async function importCameras({ url, rows }: { url: string; rows: string }): Promise<void> {
  const { session } = await logIn({ url, account: 'admin' });
  const base64 = Buffer.from(`平台编号,编号,名称,所属区域\n${rows}\n`).toString('base64');
  await post({ url: `${url}${routes.directoryImport}`, body: { files: [{ name: 'cameras.csv', base64 }], take: 'all' }, token: session });
}

/** Everything that a town's desk is told in a world. */
async function toldToTheTown({ faultOf, responderOf, reportOf, moved }: World): Promise<{ all: string; people: string }> {
  const { clock, timers, secrets, advanceMs } = createHandPorts();
  const { openIntake, report } = openHandIntake(clock);
  const rows = [...(responderOf === undefined ? [] : [oneMore(responderOf)]), ...smallCounty.rows, ...northTown];
  const foundation = { county: smallCounty.county, rows: () => rows };
  const platform = await openTestPlatform({ clock, timers, secrets, openIntake, foundation });
  const { url } = platform;
  const duty = await openCountyDesk(url);
  const device = await enrol({ url, session: duty.session });
  const { session } = await logIn({ url, account: 'town' });
  const desk = await connectDesk({ url, device });
  const welcome = (await desk.ask('attach', { session })) as { feeds: string[] };
  await desk.resume(welcome.feeds.map((feed) => ({ feed, position: null })));
  report('r-east');
  if (reportOf !== undefined) report(reportOf);
  if (faultOf !== undefined) await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: faultOf }));
  if (moved !== undefined) await importCameras({ url, rows: moved });
  advanceMs(1_000);
  if (reportOf !== undefined) report(reportOf, { lng: 109 });
  advanceMs(1_000);
  await desk.until(() => desk.told.heads.length > 0);
  const again = await desk.resume(welcome.feeds.map((feed) => ({ feed, position: null })));
  const asked = [viewQuestion({ cameraId: 'west-a' }), viewQuestion({ cameraId: 'nowhere' })];
  const answers = await Promise.all(asked.map((question) => desk.ask('ask', question)));
  const commanded = await desk.ask(
    'command',
    faultReport({ session, cameraId: 'west-a', commandId: '0198c7d2-0000-7000-8000-000000000001' }),
  );
  const headers = { authorization: `Bearer ${session}` };
  const pages = await Promise.all(
    ['regions', 'cameras', 'responders'].map(async (kind) => await (await fetch(`${url}${routes.directory}/${kind}`, { headers })).text()),
  );
  desk.close();
  duty.desk.close();
  await platform.close();
  return {
    all: JSON.stringify([desk.told, welcome, again, answers, commanded, pages]),
    people: JSON.stringify([desk.told.positions, pages]),
  };
}

test('two worlds that differ only in what a town may not see tell it the same, byte for byte', async () => {
  const nothing = await toldToTheTown({});
  expect(nothing.people).toContain('[{"type":"Buffer"');
  expect((await toldToTheTown({ faultOf: 'west-a' })).all).toBe(nothing.all);
  expect((await toldToTheTown({ reportOf: 'r-west' })).all).toBe(nothing.all);
  // The fact `directory.imported` tells everybody the hash of the whole directory; of people elsewhere nothing else is told.
  expect((await toldToTheTown({ responderOf: 'west', reportOf: 'r-0' })).people).toBe(nothing.people);
});

test('and a fact, a place or a colleague of its own makes them differ, so that the comparison can fail', async () => {
  const nothing = await toldToTheTown({});
  expect((await toldToTheTown({ faultOf: 'east-a' })).all).not.toBe(nothing.all);
  expect((await toldToTheTown({ reportOf: 'r-east' })).all).not.toBe(nothing.all);
  expect((await toldToTheTown({ responderOf: 'east', reportOf: 'r-0' })).people).not.toBe(nothing.people);
});

test('a camera with a fault that moves between two other towns is nothing that a third hears of', async () => {
  const moved = 'west-a,west-a,west-a,north-1';
  expect((await toldToTheTown({ faultOf: 'west-a', moved })).all).toBe((await toldToTheTown({ moved })).all);
});

test('and one that comes into the own town is', async () => {
  const moved = 'west-a,west-a,west-a,east-1';
  expect((await toldToTheTown({ faultOf: 'west-a', moved })).all).not.toBe((await toldToTheTown({ moved })).all);
});
