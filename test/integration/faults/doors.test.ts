import { request } from 'node:http';
import { v7 as newUuid } from 'uuid';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { type HttpSurface, httpSurfaces } from '#contract/access/index.ts';
import { protocolVersion, routes } from '#contract/bus/index.ts';
import { MediaGrant } from '#contract/cameras/index.ts';
import type { Position } from '#contract/record/index.ts';
import { faultReport, openCountyDesk, viewQuestion } from '../../builders/openDesk.ts';
import { enrol, logIn, openTestPlatform, post } from '../../builders/platform.ts';
import { connectDesk } from '../../fakes/busDesk.ts';
import { busAddress, openRawBus } from '../../fakes/rawBus.ts';

/** How far the platform's clock has been moved on. Unit: ms. */
let laterMs = 0;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
const opened: { close(): unknown }[] = [];
beforeEach(async () => {
  laterMs = 0;
  platform = await openTestPlatform({ clock: { nowMs: () => Date.now() + laterMs } });
});
afterEach(async () => {
  for (const closing of opened.splice(0)) closing.close();
  await platform.close();
});

async function countyDesk() {
  const county = await openCountyDesk(platform.url);
  opened.push(county.desk);
  return county;
}

/** The status with which a WebSocket is turned away; 101 = it was let in. */
function upgradeStatus({ address, headers }: { address: string; headers: Record<string, string> }): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(address, { headers });
    opened.push({ close: () => socket.terminate() });
    socket.on('open', () => resolve(101));
    socket.on('unexpected-response', (_request, answer) => resolve(answer.resume().statusCode ?? 0));
    socket.on('error', () => {});
  });
}

/** A GET exactly as it is written: `fetch` would tidy the path and the host. */
function get({ path, headers = {} }: { path: string; headers?: Record<string, string> }): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(platform.url, { path, headers }, (answer) => {
      let text = '';
      answer.on('data', (bytes: Buffer) => (text += bytes.toString('utf8')));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });
}

describe('a wrong origin or host', () => {
  test('opens no bus: desks send no origin, and call this machine by its name', async () => {
    const address = busAddress(platform.url);
    const asked = [
      {},
      { host: 'localhost:1' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: platform.url },
      { host: 'evil.example' },
    ];
    const statuses = await Promise.all(asked.map((headers) => upgradeStatus({ address, headers: headers as Record<string, string> })));
    expect(statuses).toEqual([101, 101, 400, 400, 400, 400]);
  });

  test('opens no picture socket', async () => {
    const address = `${platform.url.replace('http', 'ws')}${routes.mediaPush}`;
    const asked = [
      {},
      { origin: 'http://127.0.0.1:4173' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { host: 'evil.example' },
    ];
    const statuses = await Promise.all(asked.map((headers) => upgradeStatus({ address, headers: headers as Record<string, string> })));
    expect(statuses).toEqual([101, 101, 403, 403, 403]);
  });

  test('opens no page by another host, and lets no page of elsewhere read an answer', async () => {
    const health = { path: routes.health };
    const answers = await Promise.all([get(health), get({ ...health, headers: { host: 'evil.example' } })]);
    const fromElsewhere = await fetch(platform.url + routes.health, { headers: { origin: 'https://evil.example' } });
    expect([answers.map(({ status }) => status), fromElsewhere.headers.get('access-control-allow-origin')]).toEqual([[200, 421], null]);
  });
});

describe('a token', () => {
  const directory = (token: string) =>
    fetch(`${platform.url}${routes.directory}/regions`, { headers: { authorization: `Bearer ${token}` } });

  test('of a session is worth nothing changed by a letter, after its log-out, after its time, or as another kind of token', async () => {
    const { session } = await logIn({ url: platform.url, account: 'duty' });
    const { desk, device, session: kept } = await countyDesk();
    const grant = MediaGrant.parse(((await desk.ask('ask', viewQuestion())) as { value: unknown }).value);
    const good = await directory(session);
    const wrong = [
      `${session}x`,
      session.slice(0, -1),
      session.toUpperCase(),
      ` ${session} `.trim().repeat(2),
      device.deviceKey,
      grant.token,
      `desk-x:${session}`,
    ];
    const statuses = await Promise.all(wrong.map(async (token) => (await directory(token)).status));
    await post({ url: `${platform.url}${routes.logout}`, body: {}, token: session });
    const replayed = await directory(session);
    laterMs = 13 * 60 * 60 * 1000;
    const expired = await directory(kept);
    const command = await desk.ask('command', faultReport({ session: kept }));
    expect([good.status, statuses, replayed.status, expired.status]).toEqual([200, wrong.map(() => 401), 401, 401]);
    expect(command).toMatchObject({ ok: false, refusal: { code: 'access.sessionEnded' } });
  });

  test("of a workstation opens no other workstation's connection, and no page", async () => {
    const { device, session } = await countyDesk();
    const other = await enrol({ url: platform.url, session });
    const claims = [
      { deskId: other.deskId, deviceKey: device.deviceKey },
      { deskId: device.deskId, deviceKey: `${device.deviceKey}x` },
      { deskId: device.deskId, deviceKey: session },
      { deskId: 'constructor', deviceKey: device.deviceKey },
    ];
    for (const claim of claims)
      await expect(connectDesk({ url: platform.url, device: claim as never })).rejects.toThrow('access.unknownDevice');
    const pages = await Promise.all(
      [device, ...claims].map(async ({ deskId, deviceKey }) => (await directory(`${deskId}:${deviceKey}`)).status),
    );
    expect(pages).toEqual([200, 401, 401, 401, 401]);
  });

  test('of a picture opens nothing after a minute, nothing after the log-out behind it, and never another camera', async () => {
    const { desk, session } = await countyDesk();
    await desk.ask('attach', { session });
    const ask = async (tile: string) => MediaGrant.parse(((await desk.ask('ask', viewQuestion({ tile }))) as { value: unknown }).value);
    const [wall, console, late] = [await ask('D1/0'), await ask('console/preview'), await ask('D1/0')];
    const { grants } = platform.gateway()!;
    const other = await get({ path: `${routes.mediaHls}/west-a/sub/index.m3u8`, headers: { authorization: `Bearer ${wall.token}` } });
    const before = [grants.redeem(wall.token)?.cameraId, grants.redeem(console.token)?.cameraId];
    await post({ url: `${platform.url}${routes.logout}`, body: {}, token: session });
    const afterLogOut = grants.redeem(console.token);
    laterMs = 61_000;
    // This gateway of the test names the camera of the grant, whatever the path says: the real one is tried in gatewayHls.test.ts.
    expect([before, other.text, afterLogOut, grants.redeem(late.token), grants.redeem(session)]).toEqual([
      ['east-a', 'east-a'],
      'east-a',
      null,
      null,
      null,
    ]);
  });
});

describe('a forged place in a feed', () => {
  const feed = 'county/testland' as Position['feed'];

  test('is answered by a snapshot that says why, and the desk goes on from the truth', async () => {
    const { desk, session } = await countyDesk();
    const [first] = await desk.resume([{ feed, position: null }]);
    await desk.ask('command', faultReport({ session }));
    await desk.until(() => desk.told.facts.length === 1);
    const { epoch } = (first as { position: Position }).position;
    const { seq, hash } = desk.told.facts[0]!;
    const forged = [
      { feed, epoch, seq: seq + 1, hash },
      { feed, epoch, seq: Number.MAX_SAFE_INTEGER, hash },
      { feed, epoch, seq, hash: 'f'.repeat(64) },
      { feed, epoch, seq: 0, hash },
      { feed, epoch: 'constructor', seq, hash },
      { feed: 'notice/testland', epoch, seq, hash },
    ];
    const good = await desk.resume([{ feed, position: { feed, epoch, seq, hash } }]);
    const whys = [];
    for (const position of forged) {
      const [answer] = await desk.resume([{ feed, position: position as Position }]);
      whys.push(answer?.kind === 'snapshot' ? [answer.why, answer.position.seq, answer.position.hash] : answer);
    }
    await desk.ask('command', faultReport({ session, deskSeq: 2, cameraId: 'west-a' }));
    await desk.until(() => desk.told.facts.length === 2);
    expect(good).toEqual([{ kind: 'facts', feed, facts: [], isLast: true }]);
    expect(whys).toEqual(
      ['aheadOfHead', 'aheadOfHead', 'otherHash', 'otherHash', 'unknownEpoch', 'noPosition'].map((why) => [why, seq, hash]),
    );
    expect(desk.told.facts.map((fact) => fact.seq)).toEqual([seq, seq + 1]);
  });

  test.each([-1, 1.5, 1e308, 2 ** 53])('of number %d is no place at all', async (seq) => {
    const { desk } = await countyDesk();
    const position = { feed, epoch: 'epoch-1', seq, hash: 'f'.repeat(64) };
    expect(await desk.ask('resume', { places: [{ feed, position }] })).toEqual({ ok: false, refusal: { code: 'bus.badMessage' } });
  });

  test('in a feed that is not one’s own is silence, the same as in one that is not there', async () => {
    const { desk, session } = await countyDesk();
    const other = await enrol({ url: platform.url, session });
    const from = desk.told.feed.length;
    for (const name of [`desk/${other.deskId}`, 'audit/testland', 'county/other', 'town/none', 'desk/constructor']) {
      await desk.ask('resume', { places: [{ feed: name, position: null }] });
    }
    // The own feed behind them shows that they are over.
    await desk.resume([{ feed, position: null }]);
    expect(desk.told.feed.slice(from).map((message) => (message.kind === 'snapshot' ? message.position.feed : message.feed))).toEqual([
      feed,
    ]);
  });
});

/** Everything that an id goes into, asked by a person and a workstation of the town `east`; the answer as text, letter by letter. */
async function answersAbout({
  cameraId,
  regionId,
  feedId,
  personId,
}: {
  cameraId: string;
  regionId: string;
  feedId: string;
  personId: string;
}) {
  const { url } = platform;
  const town = await logIn({ url, account: 'town' });
  const auditor = await logIn({ url, account: 'auditor' });
  const device = await enrol({ url, session: (await logIn({ url, account: 'duty' })).session });
  const bus = await openRawBus({ url, handshake: { protocolVersion, deskId: device.deskId, deviceKey: device.deviceKey } });
  opened.push(bus);
  await bus.ask('attach', JSON.stringify({ session: town.session }));
  const page = async (path: string, body: object, { session } = auditor) => {
    const answer = await post({ url: `${url}${path}`, body, token: session });
    return `${answer.status} ${await answer.text()}`;
  };
  const command = (type: string) =>
    bus.ask(
      'command',
      JSON.stringify({
        ...faultReport({ session: town.session, cameraId, commandId: newUuid() }),
        command: type === 'cameras.reportFault' ? { type, cameraId, fault: 'blurred' } : { type, cameraId },
      }),
    );
  const answers = {
    reportFault: await command('cameras.reportFault'),
    openViewOnTheWall: await bus.ask('ask', JSON.stringify(viewQuestion({ cameraId }))),
    openViewAtTheConsole: await bus.ask('ask', JSON.stringify(viewQuestion({ cameraId, tile: 'console/preview' }))),
    resume: await bus.ask('resume', JSON.stringify({ places: [{ feed: `town/${feedId}`, position: null }] })),
    changePerson: await page(routes.changePerson, { change: 'disable', personId }),
    previewRights: await page(routes.previewRights, { roles: ['auditor'], territory: [regionId] }),
    readFaults: await page(routes.faults, { camera: cameraId }, town),
    readFaultsOfARegion: await page(routes.faults, { regionId }, town),
    search: await page(routes.search, { text: cameraId }, town),
    hls: JSON.stringify(await get({ path: `${routes.mediaHls}/${cameraId}/sub/index.m3u8`, headers: { authorization: 'Bearer nothing' } })),
  };
  const ids = [cameraId, regionId, feedId, personId];
  return Object.fromEntries(
    Object.entries(answers).map(([name, text]) => [
      name,
      ids.reduce((rest, id) => rest.replaceAll(`"${id}"`, '"ID"'), text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'COMMAND')),
    ]),
  );
}

test("a neighbour's id gets letter by letter what an id gets that does not exist, wherever an id goes in", async () => {
  const { person } = await logIn({ url: platform.url, account: 'duty' });
  // There is something to be seen of the neighbour, by those who may.
  const { desk, session } = await countyDesk();
  expect(await desk.ask('command', faultReport({ session, cameraId: 'west-a' }))).toMatchObject({ ok: true });
  const neighbour = await answersAbout({ cameraId: 'west-a', regionId: 'west', feedId: 'west', personId: person.personId });
  const nobody = await answersAbout({ cameraId: 'nowhere', regionId: 'nowhere', feedId: 'nowhere', personId: 'p-nobody' });
  const own = await answersAbout({ cameraId: 'east-a', regionId: 'east', feedId: 'east', personId: person.personId });
  expect(neighbour).toEqual(nobody);
  // The own camera shows that the question itself was a good one.
  expect([own['openViewOnTheWall'], own['reportFault']]).toEqual([
    expect.stringContaining('"ok":true'),
    expect.stringContaining('"ok":true'),
  ]);
});

test('names that every object has open nothing and break nothing, wherever a client chooses a key', async () => {
  const { desk, session, device } = await countyDesk();
  const names = ['constructor', 'toString', 'hasOwnProperty', 'valueOf'];
  const { session: admin } = await logIn({ url: platform.url, account: 'admin' });
  const wrong: string[] = [];
  const expectText = (what: string, answer: unknown, code: RegExp) =>
    code.test(JSON.stringify(answer)) || wrong.push(`${what}: ${JSON.stringify(answer)}`);
  let deskSeq = 0;
  for (const name of names) {
    deskSeq += 1;
    expectText('camera', await desk.ask('ask', viewQuestion({ cameraId: name })), /cameras\.unknown/);
    expectText('window and tile', await desk.ask('ask', { ...viewQuestion({ tile: `${name}/0` }), windowId: name }), /"ok":true/);
    expectText('command', await desk.ask('command', faultReport({ session, deskSeq, cameraId: name })), /cameras\.unknown/);
    const wallFact = {
      countyId: 'testland',
      v: 1,
      atMs: 1,
      actor: `device/${device.deskId}`,
      commandId: null,
      subject: `desk/${device.deskId}`,
    };
    const seen = { version: deskSeq, displayKey: name, keySource: 'connector', number: deskSeq, widthPx: 1920, heightPx: 1080 };
    const fact = { ...wallFact, type: 'wall.displaySeen', payload: JSON.stringify(seen) };
    expectText('display', await desk.ask('ship', { facts: [{ seq: deskSeq, fact }] }), /"ok":true/);
    const login = await post({ url: `${platform.url}${routes.login}`, body: { account: name, password: name } });
    expectText('account', await login.json(), /access\.wrongPassword/);
    const added = await post({
      url: `${platform.url}${routes.people}`,
      body: { account: name, name, roles: [name], territory: ['east'] },
      token: admin,
    });
    expectText('role', await added.json(), /bus\.badMessage/);
    const region = await post({
      url: `${platform.url}${routes.people}`,
      body: { account: name, name, roles: ['auditor'], territory: [name] },
      token: admin,
    });
    expectText('region', await region.json(), /access\.noSuchRegion/);
    const kind = await get({ path: `${routes.directory}/${name}`, headers: { authorization: `Bearer ${session}` } });
    expectText('page', kind, /"status":400/);
    const file = {
      files: [
        { name, base64: 'eA==' },
        { name: '__proto__', base64: 'eA==' },
      ],
      take: 'none',
    };
    const imported = await post({ url: `${platform.url}${routes.directoryImport}`, body: file, token: admin });
    expectText('file', { status: imported.status }, /200/);
  }
  await desk.resume([{ feed: `desk/${device.deskId}`, position: null }]);
  expect([wrong, Object.getOwnPropertyNames(Object.prototype).includes('isAdmin')]).toEqual([[], false]);
});

test('who may only look sends what an administrator sends: refused on every page and command, and nothing has changed', async () => {
  const { url } = platform;
  const { desk } = await countyDesk();
  const viewer = await logIn({ url, account: 'auditor' });
  const admin = await logIn({ url, account: 'admin' });
  const people = async () => await (await fetch(url + routes.people, { headers: { authorization: `Bearer ${admin.session}` } })).text();
  const before = await people();
  const guarded = Object.values(httpSurfaces as Record<string, HttpSurface>).filter(
    ({ guard }) => guard.kind === 'action' && guard.action === 'access.administer',
  );
  const statuses = [];
  for (const { method, path } of guarded) {
    const body = method === 'POST' ? JSON.stringify({ change: 'disable', personId: admin.person.personId }) : null;
    statuses.push((await fetch(url + path, { method, body, headers: { authorization: `Bearer ${viewer.session}` } })).status);
  }
  const imported = await post({
    url: url + routes.directoryImport,
    body: { files: [{ name: 'cameras.csv', base64: '' }], take: 'all' },
    token: viewer.session,
  });
  const command = await desk.ask('command', faultReport({ session: viewer.session }));
  expect([statuses, imported.status, await people()]).toEqual([guarded.map(() => 403), 403, before]);
  expect(guarded.length).toBeGreaterThan(3);
  expect(command).toMatchObject({ ok: false });
});

describe('a path with tricks in it', () => {
  test.each([
    '/media/hls/..%2f..%2fetc%2fpasswd',
    '/media/hls/east-a/sub/..%2f..%2f..%2fpackage.json',
    '/media/hls/east-a/sub/..%5c..%5cpackage.json',
    '/media/hls/east-a/sub/index.m3u8%00.ts',
    '/media/hls/east-a/../../api/access/people',
    '/assets/..%2f..%2fpackage.json',
    '/assets/..%5cadmin.html',
    '/assets/admin.js%00.css',
    '/api/directory/..%2faccess%2fpeople',
    'http://evil.example/media/hls/east-a/sub/index.m3u8',
    '//evil.example/api/access/people',
    '/%2e%2e/%2e%2e/etc/passwd',
  ])('%s is nothing', async (path) => {
    const { status, text } = await get({ path });
    expect([400, 401, 403, 404]).toContain(status);
    expect(text).not.toMatch(/root:|"dependencies"|"account"/);
  });
});
