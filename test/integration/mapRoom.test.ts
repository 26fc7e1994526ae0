import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OpenIncident } from '#contract/incidents/index.ts';
import { DrawingId, packFiles } from '#contract/map/index.ts';
import { RegionId, ResponderId, type Timers } from '#contract/values/index.ts';
import { createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import { type DeskBasemap, openDeskBasemap } from '#main/map/index.ts';
import { putPack } from '#platform/map/index.ts';
import { smallPack, writeSmallPack } from '#platform/map/testing/smallPack.ts';
import type { IncidentIntake } from '#platform/incidents/index.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { createBridgePages } from '../fakes/bridgePage.ts';
import { presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell, createMemorySecrets } from '../fakes/fakeShell.ts';

/** A desk looks for another map after minutes; here sooner. */
const hasty: Timers = { afterMs: (delayMs, run) => machineTimers.afterMs(delayMs === 5 * 60_000 ? 50 : delayMs, run) };
const { countyId } = smallCounty.county;

let folder: string;
let closers: AsyncDisposableStack;
let incidents: IncidentIntake;
let platform: Awaited<ReturnType<typeof openTestPlatform>>;
beforeEach(async () => {
  closers = new AsyncDisposableStack();
  folder = await mkdtemp(path.join(tmpdir(), 'map-room-'));
  closers.defer(() => rm(folder, { recursive: true }));
  platform = await openTestPlatform({
    packShelves: [path.join(folder, 'shelf')],
    openIntake: (ports) => {
      ({ incidents } = ports);
      return { close: () => {} };
    },
  });
  closers.defer(platform.close);
});
afterEach(() => closers.disposeAsync());

async function bring(words: string) {
  const pack = smallPack({ countyId, words });
  const from = path.join(folder, words);
  await writeSmallPack({ folder: from, pack, as: 'flat' });
  const put = await putPack({ from, shelf: path.join(folder, 'shelf'), countyId });
  if (!put.ok) throw new Error(put.refusal.code);
  return pack;
}

const secrets = createMemorySecrets();
async function openRoom(platformUrl = platform.url, more: { basemap?: DeskBasemap } = {}) {
  const pages = createBridgePages();
  const fake = createFakeShell({ displays: [presentDisplay({ key: 'DP-1', index: 0 })], page: pages.page, secrets });
  const machine = { clock: machineClock, timers: hasty, randomness: machineRandomness, log: pino({ level: 'silent' }) };
  const app = await createApp({
    shell: fake.shell,
    dataDir: path.join(folder, 'room'),
    platformUrl,
    language: 'zh',
    demoLogin: 'duty',
    ...machine,
    ...more,
  });
  closers.defer(app.close);
  await pages.until(() => pages.newest('console') !== undefined);
  return { app, pages, room: () => pages.newest('console')!.room() };
}

const roadsOf = async (hash: string) => await readFile(path.join(folder, 'room', 'map', hash, packFiles.roads));

test('a desk fetches the map that the platform has, and another one that is brought while both run', async () => {
  const first = await bring('first');
  const { pages, room } = await openRoom();
  await pages.until(() => room().mapPack === first.manifest.contentHash);
  expect(await roadsOf(first.manifest.contentHash)).toEqual(first.files.get(packFiles.roads));
  const second = await bring('second');
  await pages.until(() => room().mapPack === second.manifest.contentHash);
  expect(await roadsOf(second.manifest.contentHash)).toEqual(second.files.get(packFiles.roads));
});

test('a desk that is started while the platform is away has the map of last time', async () => {
  const pack = await bring('first');
  const first = await openRoom();
  await first.pages.until(() => first.room().mapPack !== undefined);
  await first.app.close();
  const second = await openRoom('http://127.0.0.1:9');
  expect([second.room().mapPack, second.room().link.kind === 'live']).toEqual([pack.manifest.contentHash, false]);
});

test('a map that is open goes on when the platform goes: its land is there, what is drawn waits, and nobody is followed', async () => {
  const pack = await bring('first');
  const { pages, room } = await openRoom();
  await pages.until(() => room().mapPack === pack.manifest.contentHash && room().person !== null && room().link.kind === 'live');
  const { main } = pages.newest('console')!;
  const responderId = ResponderId.parse('r-east');
  const purpose = { kind: 'patrol', reference: null } as const;
  expect(await main.followResponder({ responderId, purpose })).toEqual({ ok: true, value: null });
  await platform.close();
  await pages.until(() => room().link.kind !== 'live');
  expect(await roadsOf(room().mapPack ?? '')).toEqual(pack.files.get(packFiles.roads));
  expect(await main.followResponder({ responderId, purpose })).toMatchObject({ ok: false, refusal: { code: 'bus.unreachable' } });
  const id = DrawingId.parse('01890000-0000-7000-8000-000000000009');
  const regionId = RegionId.parse('testland');
  const drawn = await main.commandMap({
    type: 'map.draw',
    id,
    regionId,
    hours: 2,
    shape: { kind: 'text', points: [[108.5, 33.2]], text: '集结' },
  });
  await pages.until(() => room().waiting.own.length === 1);
  expect([drawn.ok, room().waiting.own[0]?.command.type, room().drawings ?? []]).toEqual([true, 'map.draw', []]);
});

test('what lies under the map is told to windows by main, its key to nobody else; without a choice it is the pack', async () => {
  const file = path.join(folder, 'tianditu.json');
  const templates = ['https://t0.tianditu.gov.cn/vec_w/wmts?TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}'];
  await writeFile(file, JSON.stringify({ kind: 'wmts', templates, key: 'secret-key', attribution: '天地图' }));
  const basemap = await openDeskBasemap({ dataDir: folder, chosen: file, log: pino({ level: 'silent' }) });
  const { pages, app } = await openRoom(platform.url, { basemap });
  const [onConsole, onWall] = [pages.newest('console')!, pages.newest('wall', 'DP-1')!];
  expect([await onConsole.main.basemap({}), await onWall.main.basemap({})]).toEqual([basemap.served, basemap.served]);
  expect(basemap.served.basemap).toMatchObject({ key: 'secret-key' });
  // Not among what every window is sent and many may log.
  expect(JSON.stringify(onConsole.hello())).not.toContain('secret-key');
  await app.close();
  const plain = await openRoom();
  expect(await plain.pages.newest('console')!.main.basemap({})).toEqual({ basemap: { kind: 'pack' }, refusal: null });
});

const incident = (number: number, town: 'east' | 'west') =>
  OpenIncident.parse({
    ...{
      incidentId: `i-${number}`,
      version: 1,
      number: `AL-20261122-000${number}`,
      at: [108.5, 33.2],
      regionId: town,
      townId: town,
      villageId: null,
    },
    ...{ kind: 'landslide', urgency: 'urgent', reportedAtMs: 1_000, dueAtMs: 2_000 },
  });

test('what is open reaches the windows, is gone when it is closed, and is known to a desk that comes later', async () => {
  const { pages, room } = await openRoom();
  await pages.until(() => room().link.kind === 'live');
  for (const [number, town] of [
    [1, 'east'],
    [2, 'west'],
    [3, 'east'],
  ] as const)
    await incidents.report(incident(number, town));
  await pages.until(() => room().incidents?.length === 3);
  await incidents.close(incident(1, 'east').incidentId);
  await pages.until(() => room().incidents?.length === 2);
  expect(room().incidents?.map(({ number }) => number)).toEqual(['AL-20261122-0002', 'AL-20261122-0003']);
  // Told twice and closed twice: once each on the record.
  expect([await incidents.report(incident(3, 'east')), await incidents.close(incident(1, 'east').incidentId)]).toEqual([
    { ok: true, value: 0 },
    { ok: true, value: 0 },
  ]);
});

const weekMs = 168 * 3_600_000;

test('what was open at this hour of past weeks is told to a window from the record, a town its own', async () => {
  const nowMs = Date.now();
  let platformMs = nowMs - 4 * weekMs;
  const then = await openTestPlatform({
    clock: { nowMs: () => platformMs },
    openIntake: (ports) => {
      ({ incidents } = ports);
      return { close: () => {} };
    },
  });
  closers.defer(then.close);
  await incidents.report(incident(1, 'east'));
  await incidents.report(incident(2, 'west'));
  platformMs = nowMs - 1.5 * weekMs;
  await incidents.close(incident(1, 'east').incidentId);
  platformMs = nowMs;
  await incidents.report(incident(3, 'east'));
  const { pages } = await openRoom(then.url);
  await pages.until(() => pages.newest('console')!.room().person !== null);
  const told = async () => {
    const answer = await pages.newest('console')!.main.loadHistory({});
    return answer.ok
      ? { weeks: answer.value.weeks, grids: answer.value.grids.toSorted((a, b) => (a.regionId < b.regionId ? -1 : 1)) }
      : answer;
  };
  const east = { regionId: 'east', openThen: 2, lastReportedAtMs: nowMs };
  expect(await told()).toEqual({ weeks: 3, grids: [east, { regionId: 'west', openThen: 3, lastReportedAtMs: null }] });
  await pages.newest('console')!.main.logout({});
  await pages.newest('console')!.main.login({ account: 'town', password: 'town-demo' });
  expect(await told()).toEqual({ weeks: 3, grids: [east] });
});

test('a town reads what is open in it, and nothing of the next town', async () => {
  await incidents.report(incident(1, 'east'));
  await incidents.report(incident(2, 'west'));
  const { pages, room } = await openRoom();
  await pages.until(() => room().incidents?.length === 2);
  await pages.newest('console')!.main.logout({});
  await pages.newest('console')!.main.login({ account: 'town', password: 'town-demo' });
  await pages.until(() => room().incidents?.length === 1);
  expect(room().incidents?.map(({ townId }) => townId)).toEqual(['east']);
});

test('what is drawn comes back from the record to the windows, and the next start shows where the map came to rest', async () => {
  const first = await openRoom();
  await first.pages.until(() => first.room().link.kind === 'live');
  const { main } = first.pages.newest('console')!;
  const shape = { kind: 'text', points: [[108.7, 33.3]], text: '集结点' } as const;
  const id = DrawingId.parse('01890000-0000-7000-8000-000000000001');
  const regionId = RegionId.parse('east');
  expect(await main.commandMap({ type: 'map.draw', id, hours: 2, regionId, shape: { ...shape, points: [[108.7, 33.3]] } })).toMatchObject({
    ok: true,
  });
  await first.pages.until(() => first.room().drawings?.length === 1);
  expect(first.room().drawings?.[0]).toMatchObject({ ...shape, regionId: 'east', townId: 'east', villageId: null });
  const camera = { center: [108.7, 33.3] as [number, number], zoom: 12, pitch: 48, bearing: 0, widthPx: 900, heightPx: 600 };
  await main.shareMap({ camera, layers: { cameras: false }, chosen: null });
  await first.pages.until(() => first.room().mapLook?.camera.zoom === 12);
  await first.app.close();
  const second = await openRoom();
  expect(second.room().mapLook).toEqual({ camera, layers: { cameras: false }, chosen: null, by: null });
});

test('who drew something is told to whoever sees it, remembered while the line is down, and forgotten at the log-out', async () => {
  const { pages, room } = await openRoom();
  const { main } = pages.newest('console')!;
  const loggedIn = async (account: string) => {
    await main.logout({});
    await main.login({ account, password: `${account}-demo` });
    await pages.until(() => room().person !== null && room().link.kind === 'live');
    return room().person!.personId;
  };
  const drawnIn = async (town: string, last: number) => {
    const shape = { kind: 'assemblyPoint' as const, points: [[108.7, 33.3] as [number, number]], text: null };
    const id = DrawingId.parse(`01890000-0000-7000-8000-00000000000${last}`);
    await main.commandMap({ type: 'map.draw', id, hours: 2, regionId: RegionId.parse(town), shape });
    await pages.until(() => room().drawings?.some((drawing) => drawing.id === id) === true);
  };
  const asks = async (...personIds: string[]) => {
    const answer = await main.personNames({ personIds: personIds as never });
    return answer.ok ? answer.value.people.map(({ name, roles }) => [name, ...roles].join(' ')) : answer.refusal.code;
  };
  await pages.until(() => room().person !== null && room().link.kind === 'live');
  const duty = await loggedIn('duty');
  await drawnIn('west', 1);
  const leader = await loggedIn('leader');
  await drawnIn('east', 2);
  expect(await asks(duty, leader)).toEqual(['王建国 dutyOfficer operator', '周文海 leader']);
  await loggedIn('town');
  // The town sees what the leader drew in it, and nothing of what the duty officer drew in the other.
  expect(await asks(duty, leader, 'p-nobody')).toEqual(['周文海 leader']);
  await platform.close();
  await pages.until(() => room().link.kind !== 'live');
  expect([await asks(leader), await asks(duty)]).toEqual([['周文海 leader'], 'bus.unreachable']);
  await main.logout({});
  expect(await asks(leader)).toBe('access.notLoggedIn');
});
