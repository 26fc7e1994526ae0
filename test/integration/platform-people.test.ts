import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AccountView, PersonChanged, RightsPreview, SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { viewQuestion } from '../builders/openDesk.ts';
import { addAccount, enrol, logIn, openTestPlatform, post, setOwnPassword } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

let platform: Awaited<ReturnType<typeof openTestPlatform>>;
let admin: string;
const opened: { close(): void }[] = [];

beforeEach(async () => {
  platform = await openTestPlatform();
  admin = (await logIn({ url: platform.url, account: 'admin' })).session;
});
afterEach(async () => {
  for (const closing of opened.splice(0)) closing.close();
  await platform.close();
});

const at = (path: string) => `${platform.url}${path}`;
const asAdmin = (path: string, body: object) => post({ url: at(path), body, token: admin });
const newcomer = { account: 'li.east', name: '李东', roles: ['centerTown'], territory: ['east'] };

const add = (person = newcomer) => addAccount({ url: platform.url, admin, person });
const signIn = ({ account, password }: { account: string; password: string }) =>
  post({ url: at(routes.login), body: { account, password } });
const people = async (): Promise<AccountView[]> =>
  AccountView.array().parse(await (await fetch(at(routes.people), { headers: { authorization: `Bearer ${admin}` } })).json());

describe('an administrator', () => {
  test('adds a person, whose password is told once and makes way for his own', async () => {
    const { personId, account, password } = await add();
    const login = SessionOpened.parse(await (await signIn({ account, password })).json());
    expect(login.person).toEqual({ personId, name: '李东', roles: ['centerTown'], territory: ['east'] });
    const listed = (await people()).find((person) => person.account === account);
    expect(listed).toEqual({ ...newcomer, personId, isDisabled: false });
    expect(JSON.stringify(await people())).not.toMatch(/argon2|password/i);
  });

  test('cannot give an account twice, a region that is not there, or no role at all', async () => {
    await add();
    const twice = await asAdmin(routes.people, newcomer);
    const nowhere = await asAdmin(routes.people, { ...newcomer, account: 'x', territory: ['constructor'] });
    const noRole = await asAdmin(routes.people, { ...newcomer, account: 'y', roles: [] });
    const nobody = await asAdmin(routes.changePerson, { change: 'disable', personId: 'p-nobody' });
    expect(await Promise.all([twice, nowhere, noRole, nobody].map(async (answer) => [answer.status, await answer.json()]))).toEqual([
      [409, { code: 'access.accountTaken' }],
      [409, { code: 'access.noSuchRegion' }],
      [400, { code: 'bus.badMessage' }],
      [409, { code: 'access.noSuchPerson' }],
    ]);
  });

  test('gives a new password: the old one and its sessions are over', async () => {
    const person = await add();
    const { session } = SessionOpened.parse(await (await signIn(person)).json());
    const reset = PersonChanged.parse(
      await (await asAdmin(routes.changePerson, { change: 'resetPassword', personId: person.personId })).json(),
    );
    const page = await fetch(at(`${routes.directory}/regions`), { headers: { authorization: `Bearer ${session}` } });
    const old = await signIn(person);
    const password = await setOwnPassword({ url: platform.url, account: person.account, oneTime: reset.newPassword ?? '' });
    const fresh = await signIn({ ...person, password });
    expect([page.status, old.status, fresh.status]).toEqual([401, 401, 200]);
  });

  test('cannot take the county its last administrator, neither by two at once nor by a narrower territory', async () => {
    const second = await add({ ...newcomer, account: 'second', roles: ['administrator'], territory: ['testland'] });
    const first = (await people()).find(({ account }) => account === 'admin')?.personId ?? '';
    const other = SessionOpened.parse(await (await signIn(second)).json()).session;
    const disable = (personId: string, token: string) =>
      post({ url: at(routes.changePerson), body: { change: 'disable', personId }, token });
    const both = await Promise.all([disable(second.personId, admin), disable(first, other)]);
    const left = both[0].ok ? { personId: first, token: admin } : { personId: second.personId, token: other };
    const narrowed = await post({
      url: at(routes.changePerson),
      body: { change: 'setRights', personId: left.personId, roles: ['administrator'], territory: ['east'] },
      token: left.token,
    });
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect([narrowed.status, await narrowed.json()]).toEqual([409, { code: 'access.lastAdministrator' }]);
  });
});

describe('what a person would see', () => {
  const preview = async (roles: string[], territory: string[]) =>
    RightsPreview.parse(await (await asAdmin(routes.previewRights, { roles, territory })).json());

  test.each([
    [['dutyOfficer'], ['testland'], { regions: 5, cameras: 4, openableCameras: 4, feeds: ['county/testland', 'notice/testland'] }],
    [['centerTown'], ['east'], { regions: 3, cameras: 2, openableCameras: 2, feeds: ['town/east', 'notice/testland'] }],
    [['centerVillage'], ['east-1'], { regions: 3, cameras: 2, openableCameras: 0, feeds: ['village/east-1', 'notice/testland'] }],
    [['responder'], ['east'], { regions: 0, cameras: 0, openableCameras: 0, feeds: [] }],
  ])('%j in %j', async (roles, territory, seen) => {
    expect(await preview(roles, territory)).toMatchObject(seen);
  });

  test('is what he then gets', async () => {
    const foreseen = await preview(newcomer.roles, newcomer.territory);
    const { session } = SessionOpened.parse(await (await signIn(await add())).json());
    const counts = await Promise.all(
      (['regions', 'cameras', 'centers', 'units', 'responders'] as const).map(async (kind) => {
        const answer = await fetch(at(`${routes.directory}/${kind}`), { headers: { authorization: `Bearer ${session}` } });
        return [kind, ((await answer.json()) as { rows: unknown[] }).rows.length] as const;
      }),
    );
    expect(foreseen).toMatchObject(Object.fromEntries(counts));
  });
});

test('disabling somebody ends his session at every desk, and takes his pictures away', async () => {
  const person = await add();
  const duty = await logIn({ url: platform.url, account: 'duty' });
  const desks = await Promise.all(
    [0, 1].map(async () => connectDesk({ url: platform.url, device: await enrol({ url: platform.url, session: duty.session }) })),
  );
  opened.push(...desks);
  const { session } = SessionOpened.parse(await (await signIn(person)).json());
  for (const desk of desks) await desk.ask('attach', { session });
  const [console_] = desks;
  const granted = (await console_?.ask('ask', viewQuestion({ tile: 'console/preview' }))) as { value: { token: string } };
  const grants = platform.gateway()?.grants;
  const view = grants?.redeem(granted.value.token) ?? null;
  let told = 0;
  grants?.onRightsChanged(() => (told += 1));
  expect(view === null ? null : grants?.isStillAllowed(view)).toBe(true);

  const fromMs = performance.now();
  await asAdmin(routes.changePerson, { change: 'disable', personId: person.personId });
  await Promise.all(desks.map((desk) => desk.until(() => desk.told.ended === 1)));
  process.stdout.write(`sessions ended at 2 desks ${Math.round(performance.now() - fromMs)} ms after the click\n`);

  const page = await fetch(at(`${routes.directory}/regions`), { headers: { authorization: `Bearer ${session}` } });
  const again = await signIn(person);
  const hls = await fetch(at(`${routes.mediaHls}/east-a/sub/index.m3u8`), { headers: { authorization: `Bearer ${granted.value.token}` } });
  expect([told, view === null ? null : grants?.isStillAllowed(view), page.status, again.status, hls.status]).toEqual([
    1,
    false,
    401,
    401,
    401,
  ]);
  await asAdmin(routes.changePerson, { change: 'enable', personId: person.personId });
  expect((await signIn(person)).status).toBe(200);
});

test('every change of an account is on the audit record, by ids and without a name', async () => {
  const auditor = await logIn({ url: platform.url, account: 'auditor' });
  const duty = await logIn({ url: platform.url, account: 'duty' });
  const desk = await connectDesk({ url: platform.url, device: await enrol({ url: platform.url, session: duty.session }) });
  opened.push(desk);
  await desk.ask('attach', { session: auditor.session });
  await desk.resume([{ feed: 'audit/testland', position: null }]);
  const { personId } = await add();
  await asAdmin(routes.changePerson, { change: 'setRights', personId, roles: ['centerVillage'], territory: ['east-1'] });
  await asAdmin(routes.changePerson, { change: 'disable', personId });
  const changes = () => desk.told.facts.filter(({ fact }) => fact.type === 'audit.personChanged').map(({ fact }) => fact);
  await desk.until(() => changes().length === 3);
  const by = (await people()).find(({ account }) => account === 'admin')?.personId;
  expect(changes().map(({ actor, subject, payload }) => [actor, subject, JSON.parse(payload)])).toEqual(
    ['add', 'setRights', 'disable'].map((change) => [`person/${by}`, `person/${personId}`, { personId, change }]),
  );
});
