import { randomUUID } from 'node:crypto';
import { v7 as newUuid } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { addAccount, enrol, logIn, openTestPlatform, post } from '../builders/platform.ts';
import { type BusDesk, connectDesk } from '../fakes/busDesk.ts';

const [duty, town] = [
  { account: 'duty', password: 'duty-demo' },
  { account: 'town', password: 'town-demo' },
];

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: BusDesk[] = [];
beforeEach(async () => {
  platform = await openTestPlatform();
});
afterEach(async () => {
  for (const desk of opened.splice(0)) desk.close();
  await platform.close();
});

type Drawer = { readonly desk: BusDesk; readonly session: string; nextDeskSeq: number };

/** A desk of its own for an account, reading the feeds of its territory. */
async function sit(login: { account: string; password: string }): Promise<Drawer> {
  const { url } = platform;
  const answer = await post({ url: `${url}${routes.login}`, body: { account: login.account, password: login.password } });
  const { session } = SessionOpened.parse(await answer.json());
  const desk = await connectDesk({ url, device: await enrol({ url, session }) });
  opened.push(desk);
  const { feeds } = (await desk.ask('attach', { session })) as { feeds: string[] };
  await desk.resume(feeds.map((feed) => ({ feed, position: null })) as never);
  return { desk, session, nextDeskSeq: 1 };
}

async function westDesk(): Promise<Drawer> {
  const { url } = platform;
  const admin = (await logIn({ url, account: 'admin' })).session;
  const person = { account: 'west', name: 'west', roles: ['centerTown'], territory: ['west'] };
  return await sit(await addAccount({ url, admin, person }));
}

async function ask(who: Drawer, command: object) {
  const message = { commandId: newUuid(), deskSeq: who.nextDeskSeq++, session: who.session, askedAtMs: Date.now(), command };
  const reply = (await who.desk.ask('command', message)) as { ok: boolean; refusal?: { code: string } };
  return reply.ok ? 'done' : reply.refusal?.code;
}

const arrow = {
  kind: 'arrow',
  points: [
    [108.7, 33.3],
    [108.71, 33.31],
  ],
  text: null,
};
const draw = (id: string, regionId = 'east-1') => ({ type: 'map.draw', id, regionId, hours: 1, shape: arrow });
const erase = (id: string) => ({ type: 'map.eraseDrawing', id });
const factsOf = ({ desk }: Drawer) =>
  desk.told.facts.flatMap(({ feed, fact }) =>
    fact.type.startsWith('map.') ? [`${feed} ${fact.type} ${(JSON.parse(fact.payload) as { id: string }).id}`] : [],
  );

test('what is drawn on one desk is seen on the others of the same territory, and not in another town', async () => {
  const [county, east, west] = [await sit(duty), await sit(town), await westDesk()];
  const [inEast, inWest] = [randomUUID(), randomUUID()];
  expect([await ask(county, draw(inEast)), await ask(county, draw(inWest, 'west'))]).toEqual(['done', 'done']);
  await east.desk.until(() => factsOf(east).length > 0);
  await west.desk.until(() => factsOf(west).length > 0);
  expect(factsOf(east)).toEqual([`town/east map.drawn ${inEast}`]);
  expect(factsOf(west)).toEqual([`town/west map.drawn ${inWest}`]);
});

test('a town draws in itself only, and clears nothing of the county; the county clears what a town drew', async () => {
  const [county, east, west] = [await sit(duty), await sit(town), await westDesk()];
  const [own, ofCounty] = [randomUUID(), randomUUID()];
  expect([
    await ask(east, draw(own)),
    await ask(east, draw(randomUUID(), 'west')),
    await ask(east, draw(randomUUID(), 'testland')),
    await ask(county, draw(ofCounty)),
    await ask(east, erase(ofCounty)),
    // Not yours and does not exist are the same answer.
    await ask(west, erase(ofCounty)),
    await ask(west, erase(randomUUID())),
    await ask(county, erase(own)),
    await ask(county, erase(own)),
  ]).toEqual([
    ...['done', 'access.notAllowed', 'access.notAllowed', 'done'],
    ...['map.notYourDrawing', 'map.drawingGone', 'map.drawingGone', 'done', 'map.drawingGone'],
  ]);
});

test('a desk that comes later has what is drawn in its snapshot', async () => {
  const county = await sit(duty);
  const id = randomUUID();
  await ask(county, draw(id));
  const late = await sit(duty);
  expect(JSON.stringify(late.desk.told.feed)).toContain(id);
});
