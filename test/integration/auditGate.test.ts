import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import pino from 'pino';
import { PersonChanged, SessionOpened } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import { createCameraGateway } from '#platform/cameras/index.ts';
import { sourceNetworks } from '#platform/core.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../builders/openDesk.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { createStoreWithoutAudit } from '../fakes/auditDisk.ts';
import { loopClip } from '../fakes/ffmpegTool.ts';
import { openPushWindow } from '../fakes/pushWindow.ts';
import { until } from '../fakes/until.ts';

const feed = auditFeed(smallCounty.county.countyId);
const purely = { clock: nodeClock, timers: nodeTimers, randomness: () => 0.5, log: pino({ level: 'silent' }), ffmpeg: 'ffmpeg' };

let closers: AsyncDisposableStack;
beforeEach(() => {
  closers = new AsyncDisposableStack();
});
afterEach(async () => await closers.disposeAsync());

/** A platform whose audit can be made unwritable, with an administrator's session and a desk of the duty officer's. */
async function openGate(replaced: Parameters<typeof openTestPlatform>[0] = {}) {
  const { store, disk } = createStoreWithoutAudit();
  const platform = await openTestPlatform({ store, ...replaced });
  closers.defer(() => platform.close());
  const { url } = platform;
  const admin = (await logIn({ url, account: 'admin' })).session;
  const duty = await openCountyDesk(url);
  closers.defer(duty.desk.close);
  const ask = async (path: string, body: object, token: string) => {
    const answer = await post({ url: `${url}${path}`, body, token });
    return { status: answer.status, body: (await answer.json().catch(() => null)) as { code?: string } | null };
  };
  const told = async () => {
    const facts = await store.readFacts({ feed, epoch: 'epoch-1', afterSeq: 0, limit: 10_000 });
    return facts.map(({ fact }) => fact);
  };
  return { ...platform, platform, url, admin, duty, ask, disk, store, told };
}

const notRecorded = { status: 503, body: { code: 'bus.notRecorded' } };
let accounts = 0;
const newcomer = () => ({ account: `new${(accounts += 1)}`, name: '李东', roles: ['operator'], territory: ['east'] });

describe('while the audit cannot be written', () => {
  const attempts: [string, (gate: Awaited<ReturnType<typeof openGate>>) => Promise<{ status: number; body: object | null }>][] = [
    ['a log-in', ({ ask }) => ask(routes.login, { account: 'leader', password: 'leader-demo' }, '')],
    ['an enrolment', ({ ask, duty }) => ask(routes.enrol, {}, duty.session)],
    ['a new account', ({ ask, admin }) => ask(routes.people, newcomer(), admin)],
    ['an export', ({ ask, admin }) => ask(routes.directoryExport, { streams: 'without' }, admin)],
    [
      'a view',
      async ({ duty, platform }) => {
        const answer = (await duty.desk.ask('ask', viewQuestion())) as { ok: boolean; value: { token: string }; refusal?: object };
        if (!answer.ok) return { status: 503, body: answer.refusal ?? null };
        const grants = platform.gateway()?.grants;
        const opened = grants?.redeem(answer.value.token) ?? null;
        const isOpen = opened !== null && (await grants?.viewOpened(opened)) === true;
        return isOpen ? { status: 200, body: {} } : notRecorded;
      },
    ],
    [
      'a command that is refused',
      async ({ duty }) => {
        const reply = await duty.desk.ask('command', faultReport({ session: duty.session, cameraId: 'nowhere', deskSeq: (accounts += 1) }));
        const { refusal } = reply as { refusal: { code: string } };
        return refusal.code === 'bus.notRecorded' ? { status: 503, body: refusal } : { status: 200, body: {} };
      },
    ],
  ];
  test.each(attempts)('%s is refused that works before and after', async (_name, attempt) => {
    const gate = await openGate();
    const before = await attempt(gate);
    gate.disk.isFull = true;
    const [during, again] = [await attempt(gate), await attempt(gate)];
    gate.disk.isFull = false;
    const after = await attempt(gate);
    expect([before.status, during, again, after.status]).toEqual([200, notRecorded, notRecorded, 200]);
  });

  test('a wrong password is answered like a right one, so that nobody tries them where no try is written down', async () => {
    const { ask, disk } = await openGate();
    const wrong = () => ask(routes.login, { account: 'leader', password: 'guess' }, '');
    const before = await wrong();
    disk.isFull = true;
    expect([before, await wrong()]).toEqual([{ status: 401, body: { code: 'access.wrongPassword' } }, notRecorded]);
  });

  test('no account is changed: the disabled one works on, the reset one keeps its password, the added one is not there', async () => {
    const { ask, url, admin, disk, store } = await openGate();
    const leader = (await logIn({ url, account: 'leader' })).session;
    const { personId } = SessionOpened.parse((await ask(routes.login, { account: 'leader', password: 'leader-demo' }, '')).body).person;
    const people = await store.readPeople();
    disk.isFull = true;
    const refused = [
      await ask(routes.changePerson, { change: 'disable', personId }, admin),
      await ask(routes.changePerson, { change: 'resetPassword', personId }, admin),
      await ask(routes.changePerson, { change: 'setRights', personId, roles: ['auditor'], territory: ['east'] }, admin),
      await ask(routes.people, newcomer(), admin),
      await ask(routes.password, { oldPassword: 'leader-demo', newPassword: 'nine lamps by the weir' }, leader),
    ];
    const page = await fetch(`${url}${routes.directory}/regions`, { headers: { authorization: `Bearer ${leader}` } });
    expect([refused, page.status, await store.readPeople()]).toEqual([refused.map(() => notRecorded), 200, people]);
    disk.isFull = false;
    const disabled = await ask(routes.changePerson, { change: 'disable', personId }, admin);
    expect([disabled.status, (await ask(routes.login, { account: 'leader', password: 'leader-demo' }, '')).status]).toEqual([200, 401]);
  });

  test('what ends does end, and is written down later behind the word that there was a gap', async () => {
    const hand = createHandPorts({ nowMs: Date.now() });
    const { ask, url, disk, told } = await openGate({ timers: hand.timers });
    const { session } = await logIn({ url, account: 'leader' });
    disk.isFull = true;
    await ask(routes.login, { account: 'town', password: 'town-demo' }, '');
    const out = await post({ url: `${url}${routes.logout}`, body: {}, token: session });
    const page = await fetch(`${url}${routes.directory}/regions`, { headers: { authorization: `Bearer ${session}` } });
    const before = (await told()).length;
    disk.isFull = false;
    hand.advanceMs(2_000);
    await expect.poll(async () => (await told()).length, { timeout: 10_000 }).toBe(before + 2);
    const types = (await told()).slice(before).map(({ type }) => type);
    expect([out.status, page.status, types.toSorted()]).toEqual([204, 401, ['audit.interrupted', 'audit.loggedOut']]);
  });
});

test('pictures that are open go on, and one that was granted before is not begun: no byte of it leaves', async () => {
  const clip = await loopClip();
  closers.defer(() => clip.remove());
  const { url, duty, disk, told } = await openGate({
    demoLoops: { loopOf: () => clip.path, isDrawn: () => true },
    openGateway: (ports) => createCameraGateway({ ...ports, ...purely, networks: sourceNetworks('demo') }),
  });
  const tokenFor = async (tile: string) =>
    ((await duty.desk.ask('ask', viewQuestion({ tile }))) as { value: { token: string } }).value.token;
  const window = await openPushWindow({ url: `${url.replace(/^http/, 'ws')}${routes.mediaPush}`, window: 'w1' });
  closers.defer(() => window.close());
  const [first, second] = [await tokenFor('D1/0'), await tokenFor('D1/1')];
  const piecesOf = (channel: number) => window.received.filter((whole) => whole.channel === channel).length;
  window.tell({ type: 'open', channel: 1, token: first });
  await until(() => piecesOf(1) > 1);
  disk.isFull = true;
  window.tell({ type: 'open', channel: 2, token: second });
  const closed = () => window.notices.filter(({ type }) => type === 'closed');
  await until(() => closed().length > 0);
  const going = piecesOf(1);
  await until(() => piecesOf(1) > going + 1);
  expect([closed(), piecesOf(2)]).toEqual([[{ type: 'closed', channel: 2, code: 'bus.notRecorded' }], 0]);
  disk.isFull = false;
  window.tell({ type: 'open', channel: 3, token: second });
  await until(() => piecesOf(3) > 0);
  expect((await told()).filter(({ type }) => type.startsWith('audit.view')).map(({ type }) => type)).toEqual([
    'audit.viewOpened',
    'audit.viewOpened',
  ]);
});

test('the first administrator is not named where it cannot be written down, and the code still works afterwards', async () => {
  const { store, disk } = createStoreWithoutAudit();
  const platform = await openTestPlatform({ store, mode: 'normal', foundation: { county: smallCounty.county, rows: () => [] } });
  closers.defer(() => platform.close());
  const claim = { code: platform.firstAdministratorCode, account: 'root', password: 'a long password', name: '李管' };
  const url = `${platform.url}${routes.firstAdministrator}`;
  const wanted = async () => (await (await fetch(url)).json()) as object;
  disk.isFull = true;
  const refused = await post({ url, body: claim });
  const between = await wanted();
  disk.isFull = false;
  const weak = await post({ url, body: { ...claim, password: 'root-root-root' } });
  const named = await post({ url, body: claim });
  const facts = await store.readFacts({ feed, epoch: 'epoch-1', afterSeq: 0, limit: 10 });
  expect([refused.status, between, await weak.json(), named.status, await wanted()]).toEqual([
    503,
    { isWanted: true },
    { code: 'access.passwordNamesYou' },
    204,
    { isWanted: false },
  ]);
  expect(facts.map(({ fact }) => fact.type)).toEqual(['audit.interrupted', 'audit.administratorNamed']);
  expect(JSON.stringify(facts)).not.toMatch(/李管|"root"|a long password/);
});

test('a password made by an administrator is good for setting an own one, and for nothing else', async () => {
  const { ask, url, admin, duty } = await openGate();
  const added = PersonChanged.parse(
    (await ask(routes.people, { ...newcomer(), roles: ['administrator', 'dutyOfficer'], territory: ['testland'] }, admin)).body,
  );
  const oneTime = added.newPassword ?? '';
  const { account } = added.person;
  const opened = SessionOpened.parse((await ask(routes.login, { account, password: oneTime }, '')).body);
  const { session } = opened;
  const due = { code: 'access.passwordChangeRequired' };
  const attached = (await duty.desk.ask('attach', { session })) as { feeds: string[] };
  const command = (await duty.desk.ask('command', faultReport({ session, deskSeq: 900 }))) as { refusal: object };
  const people = await fetch(`${url}${routes.people}`, { headers: { authorization: `Bearer ${session}` } });
  expect([opened.mustChangePassword, command.refusal, people.status, await people.json()]).toEqual([true, due, 403, due]);
  expect([await ask(routes.enrol, {}, session), await ask(routes.directoryExport, { streams: 'with' }, session)]).toEqual([
    { status: 403, body: due },
    { status: 403, body: due },
  ]);
  const change = (oldPassword: string, newPassword: string) => ask(routes.password, { oldPassword, newPassword }, session);
  const tried = [await change('wrong', 'nine lamps by the weir'), await change(oneTime, oneTime), await change(oneTime, '12345678901')];
  expect(tried.map(({ body }) => body?.code)).toEqual(['access.wrongPassword', 'access.passwordNotNew', 'access.passwordPattern']);
  const set = await change(oneTime, 'nine lamps by the weir');
  const enrolled = await ask(routes.enrol, {}, session);
  const old = await ask(routes.login, { account, password: oneTime }, '');
  expect([set.status, enrolled.status, old.status, attached.feeds.length > 0]).toEqual([204, 200, 401, true]);
});

test('whoever changes his password stays where he is and is out everywhere else at once', async () => {
  const { ask, url, duty, told } = await openGate();
  const other = await logIn({ url, account: 'duty' });
  await duty.desk.ask('attach', { session: other.session });
  const fromMs = performance.now();
  const changed = await ask(routes.password, { oldPassword: 'duty-demo', newPassword: 'nine lamps by the weir' }, duty.session);
  await duty.desk.until(() => duty.desk.told.ended === 1);
  process.stdout.write(`the other session was over ${Math.round(performance.now() - fromMs)} ms after the new password was asked for\n`);
  const here = await ask(routes.enrol, {}, duty.session);
  const elsewhere = await ask(routes.enrol, {}, other.session);
  const types = (await told()).map(({ type }) => type).filter((type) => /password|sessionEnded/.test(type));
  expect([changed.status, here.status, elsewhere.status, types]).toEqual([204, 200, 401, ['audit.passwordChanged', 'audit.sessionEnded']]);
});
