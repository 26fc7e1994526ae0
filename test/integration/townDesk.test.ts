import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  commandSurfaces,
  feedSurfaces,
  type HttpSurface,
  type HttpSurfaceName,
  httpSurfaces,
  questionSurfaces,
} from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DirectoryKind } from '#contract/directory/index.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

/** Everything of the other town has this in its id; nothing that a desk of `east` is told by itself may hold it. */
const foreign = /west/;

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): void }[] = [];
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const closing of opened.splice(0)) closing.close();
  await platform.close();
});

/** A desk that nobody has used yet: a town account logs in and enrols it, as main does. */
async function openTownDesk() {
  const { url } = platform;
  const { session, person } = await logIn({ url, account: 'town' });
  const device = await enrol({ url, session });
  const connect = async () => {
    const desk = await connectDesk({ url, device });
    opened.push(desk);
    await desk.ask('attach', { session });
    return desk;
  };
  return { url, session, person, device, connect, bearers: [session, `${device.deskId}:${device.deviceKey}`] };
}

/** What a page is asked with, where it wants to be told something. None of it names the other town. */
const bodies: { readonly [Name in HttpSurfaceName]?: object } = {
  search: { text: 'a' },
  readFaults: {},
  login: { account: 'town', password: 'town-demo' },
};

/** Pages that say the same to everybody, or would end the session that asks. */
const notLookedAt: readonly HttpSurfaceName[] = ['adminAssets', 'logout'];

async function lookAt({ url, name, bearer }: { url: string; name: HttpSurfaceName; bearer: string }): Promise<string> {
  const { method, path }: HttpSurface = httpSurfaces[name];
  const headers = { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' };
  const body = method === 'POST' ? { body: JSON.stringify(bodies[name] ?? {}) } : {};
  const paths = path.includes(':kind') ? DirectoryKind.options.map((kind) => path.replace(':kind', kind)) : [path];
  const answers = paths.map(async (each) => await (await fetch(`${url}${each}`, { method, headers, ...body })).text());
  return (await Promise.all(answers)).join('\n');
}

test('a town account logs in at a fresh desk, which then has the territory of its town and no more', async () => {
  const { device, person } = await openTownDesk();
  expect([device.territory, person.territory, person.roles]).toEqual([['east'], ['east'], ['centerTown']]);
});

test('no page tells a town’s person or his desk anything of another town, and the county’s duty officer it does', async () => {
  const { url, bearers } = await openTownDesk();
  const duty = await openCountyDesk(url);
  opened.push(duty.desk);
  for (const [index, cameraId] of ['west-a', 'east-a'].entries()) {
    await duty.desk.ask('command', faultReport({ session: duty.session, cameraId, deskSeq: index + 1 }));
  }
  const names = (Object.keys(httpSurfaces) as HttpSurfaceName[]).filter((name) => !notLookedAt.includes(name));
  const seen = new Map<HttpSurfaceName, string>();
  for (const name of names) {
    seen.set(name, (await Promise.all(bearers.map((bearer) => lookAt({ url, name, bearer })))).join('\n'));
  }
  const leaking = names.filter((name) => foreign.test(seen.get(name) ?? ''));
  const telling = names.filter((name) => (seen.get(name) ?? '').includes('east'));
  const ofCounty = (
    await Promise.all((['directory', 'search', 'readFaults'] as const).map((name) => lookAt({ url, name, bearer: duty.session })))
  ).map((text) => foreign.test(text));
  process.stdout.write(
    `${names.length} pages looked at by a town's person and desk, ${telling.length} told of the own town, ${leaking.length} of another\n`,
  );
  expect(leaking).toEqual([]);
  expect(telling).toEqual(expect.arrayContaining(['directory', 'search', 'readFaults']));
  // The same question does tell of it whoever may know.
  expect(ofCounty).toEqual([true, true, true]);
});

test('no feed of the bus brings it: neither what is told by itself nor what is asked for by name', async () => {
  const { url, device, connect } = await openTownDesk();
  const desk = await connect();
  const duty = await openCountyDesk(url);
  opened.push(duty.desk);
  const ids: { readonly [Kind in keyof typeof feedSurfaces]?: string } = {
    county: 'testland',
    notice: 'testland',
    audit: 'testland',
    desk: duty.device.deskId,
  };
  const wanted = Object.keys(feedSurfaces).map(
    (kind) => `${kind}/${ids[kind as keyof typeof ids] ?? (kind === 'village' ? 'west-1' : 'west')}`,
  );
  // What may not be read is not answered at all: the own feeds behind it show that the resume is over.
  const places = [...wanted, 'town/east', `desk/${device.deskId}`].map((feed) => ({ feed, position: null }));
  await desk.ask('resume', { places });
  await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: 'west-a', deskSeq: 1 }));
  await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: 'east-a', deskSeq: 2 }));
  await desk.until(() => desk.told.facts.some(({ fact }) => fact.subject === 'camera/east-a') && desk.told.heads.length > 0);
  const { facts, feed, welcomes, heads } = desk.told;
  const readable = welcomes.at(-1)?.feeds ?? [];
  expect(readable).toEqual(expect.arrayContaining(['town/east', 'notice/testland', `desk/${device.deskId}`]));
  expect(readable.filter((name) => wanted.includes(name) && name !== 'notice/testland')).toEqual([]);
  expect(JSON.stringify([facts, feed, welcomes, heads])).not.toMatch(foreign);
});

/** A question or command about a camera, in the least shape that could be read. */
function asked(type: string, cameraId: string): object {
  return type === 'cameras.openView' ? viewQuestion({ cameraId }) : { type, cameraId };
}

test('whatever is asked or commanded about a camera of another town is answered as about one that does not exist', async () => {
  const { session, connect } = await openTownDesk();
  let deskSeq = 0;
  const answersTo = async (cameraId: string) => {
    const answers: unknown[] = [];
    for (const type of Object.keys(questionSurfaces)) {
      // Each on a connection of its own: what cannot be read counts against the one that it came by.
      answers.push(await (await connect()).ask('ask', asked(type, cameraId)));
    }
    for (const type of Object.keys(commandSurfaces)) {
      deskSeq += 1;
      const report = faultReport({ session, cameraId, deskSeq });
      const command = type === 'cameras.reportFault' ? report.command : { type, cameraId };
      const { commandId: _, ...reply } = (await (await connect()).ask('command', { ...report, command })) as { commandId: string };
      answers.push(reply);
    }
    return JSON.stringify(answers).replaceAll(cameraId, 'CAMERA');
  };
  const [other, none, own] = [await answersTo('west-a'), await answersTo('nowhere'), await answersTo('east-a')];
  expect(other).toBe(none);
  expect(own).not.toBe(none);
  expect(JSON.parse(own)).toHaveLength(Object.keys(questionSurfaces).length + Object.keys(commandSurfaces).length);
});

test('a picture token of the own town opens no other one', async () => {
  const { url, connect } = await openTownDesk();
  const desk = await connect();
  const { value } = (await desk.ask('ask', viewQuestion({ cameraId: 'east-a' }))) as { value: { token: string } };
  const at = async (cameraId: string) =>
    await (
      await fetch(`${url}${routes.mediaHls}/${cameraId}/sub/index.m3u8`, { headers: { authorization: `Bearer ${value.token}` } })
    ).text();
  expect([await at('east-a'), await at('west-a')]).toEqual(['east-a', 'east-a']);
});
