import { afterEach, expect, test } from 'vitest';
import { SessionOpened } from '#contract/access/index.ts';
import { type FeedState, emptyFeedState, evolveFeed } from '#contract/catalogue/index.ts';
import { routes } from '#contract/bus/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk } from '../builders/openDesk.ts';
import { addAccount, enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { type BusDesk, connectDesk } from '../fakes/busDesk.ts';

const disposing = new AsyncDisposableStack();
afterEach(async () => await disposing.disposeAsync());

const foundation = { county: smallCounty.county, rows: () => smallCounty.rows };

/** Somebody's desk, told everything that he may read. */
async function deskOf({ url, account, territory }: { url: string; account: string; territory: string }) {
  const admin = (await logIn({ url, account: 'admin' })).session;
  const person = { account, name: account, roles: ['centerTown'], territory: [territory] };
  const { password } = await addAccount({ url, admin, person });
  const login = { account, password };
  const { session } = SessionOpened.parse(await (await post({ url: `${url}${routes.login}`, body: login })).json());
  const device = await enrol({ url, session });
  const desk = await connectDesk({ url, device });
  const welcome = (await desk.ask('attach', { session })) as { feeds: string[] };
  await desk.resume(welcome.feeds.map((feed) => ({ feed, position: null })));
  return { desk, feeds: welcome.feeds };
}

/** What a desk's live facts of one feed fold to. */
function foldOf({ told }: BusDesk, feed: string): FeedState['cameras'] {
  const resumed = told.feed.flatMap((message) => (message.kind === 'facts' ? message.facts : []));
  const facts = [...resumed, ...told.facts].filter((each) => each.feed === feed).map(({ fact }) => fact);
  return facts.reduce(evolveFeed, emptyFeedState).cameras;
}

async function importCameras({ url, session, rows }: { url: string; session: string; rows: string }) {
  const base64 = Buffer.from(`平台编号,编号,名称,所属区域\n${rows}\n`).toString('base64');
  const body = { files: [{ name: 'cameras.csv', base64 }], take: 'all' };
  return await (await post({ url: `${url}${routes.directoryImport}`, body, token: session })).json();
}

test('a camera that an import puts into another town is counted there at once, and no longer where it was', async () => {
  const { clock, secrets } = createHandPorts();
  const platform = await openTestPlatform({ foundation, clock, secrets });
  disposing.defer(() => platform.close());
  const { url } = platform;
  const duty = await openCountyDesk(url);
  const [east, west] = await Promise.all(['east', 'west'].map((town) => deskOf({ url, account: `of-${town}`, territory: town })));
  for (const { desk } of [duty, east!, west!]) disposing.defer(() => desk.close());
  await duty.desk.resume([{ feed: 'county/testland', position: null }]);
  await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: 'west-a' }));
  await west!.desk.until(() => foldOf(west!.desk, 'town/west').get('west-a' as CameraId)?.fault != null);
  const admin = (await logIn({ url, account: 'admin' })).session;
  await importCameras({ url, session: admin, rows: 'west-a,west-a,west-a,east-1' });

  await east!.desk.until(() => foldOf(east!.desk, 'town/east').has('west-a' as CameraId));
  await west!.desk.until(() => foldOf(west!.desk, 'town/west').get('west-a' as CameraId)?.fault === null);
  await duty.desk.until(() => foldOf(duty.desk, 'county/testland').get('west-a' as CameraId)?.version === 3);
  const fault = { kind: 'blurred', reportedAtMs: clock.nowMs() };
  const source = { kind: 'normal' };
  expect(
    [foldOf(east!.desk, 'town/east'), foldOf(west!.desk, 'town/west'), foldOf(duty.desk, 'county/testland')].map((cameras) => [
      ...cameras.values(),
    ]),
  ).toEqual([
    [{ cameraId: 'west-a', version: 3, source, fault }],
    [{ cameraId: 'west-a', version: 2, source, fault: null }],
    [{ cameraId: 'west-a', version: 3, source, fault }],
  ]);
  // What happens to it from now on is the new town's.
  await duty.desk.ask('command', {
    ...faultReport({ session: duty.session, deskSeq: 2 }),
    command: { type: 'cameras.clearFault', cameraId: 'west-a' },
  });
  await east!.desk.until(() => foldOf(east!.desk, 'town/east').get('west-a' as CameraId)?.fault === null);
  expect(foldOf(west!.desk, 'town/west').get('west-a' as CameraId)?.version).toBe(2);
});
