import { expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

/** Everything that a town's desk is told, in a world where the county has reported a fault of one camera, or of none. */
async function toldToTheTown(faultOf: string | null): Promise<string> {
  const { clock, timers, secrets, advanceMs } = createHandPorts();
  const platform = await openTestPlatform({ clock, timers, secrets });
  const { url } = platform;
  const duty = await openCountyDesk(url);
  const device = await enrol({ url, session: duty.session });
  const { session } = await logIn({ url, account: 'town' });
  const desk = await connectDesk({ url, device });
  const welcome = (await desk.ask('attach', { session })) as { feeds: string[] };
  await desk.resume(welcome.feeds.map((feed) => ({ feed, position: null })));
  if (faultOf !== null) await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: faultOf }));
  advanceMs(2_000);
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
    ['regions', 'cameras'].map(async (kind) => await (await fetch(`${url}${routes.directory}/${kind}`, { headers })).text()),
  );
  desk.close();
  duty.desk.close();
  await platform.close();
  return JSON.stringify([desk.told, welcome, again, answers, commanded, pages]);
}

test('two worlds that differ only in what a town may not see tell it the same, byte for byte', async () => {
  expect(await toldToTheTown('west-a')).toBe(await toldToTheTown(null));
});

test('and a fact of its own makes them differ, so that the comparison can fail', async () => {
  expect(await toldToTheTown('east-a')).not.toBe(await toldToTheTown(null));
});
