import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { expect, test } from 'vitest';
import type { AuditPage } from '#contract/audit/index.ts';
import { routes } from '#contract/bus/index.ts';
import { type DirectoryPage, RegionPolygon } from '#contract/directory/index.ts';
import { createPositionColumns, isStale, positionAt, readPositions } from '#contract/responders/index.ts';
import { RegionId, ResponderId, type Timers } from '#contract/values/index.ts';
import { createApp } from '#main/app.ts';
import { machineClock, machineRandomness, machineTimers } from '#main/machine/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import { nodeClock, nodeTimers } from '#platform/nodePorts.ts';
import { legendNotes } from '#renderer/map/legendRows.ts';
import { emptyMapState } from '#renderer/map/mapState.ts';
import { countOutside } from '#renderer/map/outsidePlaces.ts';
import { logIn, openTestPlatform, post } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { type BridgePage, createBridgePages } from '../fakes/bridgePage.ts';
import { presentDisplay } from '../fakes/fakeRoom.ts';
import { createFakeShell } from '../fakes/fakeShell.ts';
import { openHandIntake } from '../fakes/handIntake.ts';

/** A second of positions is over sooner here. */
const hasty: Timers = { afterMs: (delayMs, run) => nodeTimers.afterMs(delayMs === 1_000 ? 20 : delayMs, run) };

/** A real platform and a real main with one console, logged in as the duty officer of the county. */
async function openRoom(closers: AsyncDisposableStack, more: readonly TypedRow[] = []) {
  const intake = openHandIntake(nodeClock);
  const platform = await openTestPlatform({
    openIntake: intake.openIntake,
    timers: hasty,
    foundation: { county: smallCounty.county, rows: () => [...smallCounty.rows, ...more] },
  });
  closers.defer(platform.close);
  const dataDir = await mkdtemp(path.join(tmpdir(), 'positions-'));
  closers.defer(() => rm(dataDir, { recursive: true }));
  const pages = createBridgePages();
  const displays = [presentDisplay({ key: 'DP-1', index: 0 })];
  const fake = createFakeShell({ displays, page: pages.page });
  const machine = { clock: machineClock, timers: machineTimers, randomness: machineRandomness, log: pino({ level: 'silent' }) };
  const app = await createApp({ shell: fake.shell, dataDir, platformUrl: platform.url, language: 'zh', demoLogin: 'duty', ...machine });
  closers.defer(app.close);
  await pages.until(() => pages.newest('console')?.room().responders.count === 2);
  return { ...intake, platform, pages, fake, console: () => pages.newest('console')! };
}

/** What a window sees: asks on and on, reads every frame into columns of the room's numbering, and names people by main's roster. */
async function seenBy(page: BridgePage, isEnough: (seen: Record<string, number>) => boolean): Promise<Record<string, number>> {
  return (await columnsSeenBy(page, isEnough)).seen;
}

/** The same, with the columns that it was read into. */
async function columnsSeenBy(page: BridgePage, isEnough: (seen: Record<string, number>) => boolean) {
  const { directoryRevision, count } = page.room().responders;
  const columns = createPositionColumns({ size: count, directoryRevision });
  const { rows } = (await page.main.directoryPage({ kind: 'responders', offset: 0 })) as Extract<DirectoryPage, { kind: 'responders' }>;
  const enough = Promise.withResolvers<Record<string, number>>();
  const stop = page.line.onBytes((bytes) => {
    readPositions(bytes, columns);
    const seen = Object.fromEntries(
      rows.flatMap(({ id, index }) => {
        const place = positionAt(columns, index);
        return place === null ? [] : [[id, place.lng] as const];
      }),
    );
    if (isEnough(seen)) enough.resolve(seen);
    void page.main.nextPositions({});
  });
  void page.main.nextPositions({});
  const seen = await enough.promise;
  stop();
  return { seen, columns, rows };
}

test('positions reach a window from the platform: the whole county for the duty officer, his own people for the town', async () => {
  await using closers = new AsyncDisposableStack();
  const { report, pages, console: newest } = await openRoom(closers);
  report('r-east', { lng: 108.5 });
  report('r-west', { lng: 109.5 });
  const county = await seenBy(newest(), (seen) => Object.keys(seen).length === 2);
  await newest().main.logout({});
  await newest().main.login({ account: 'town', password: 'town-demo' });
  await pages.until(() => newest().room().responders.count === 1);
  const town = await seenBy(newest(), (seen) => Object.keys(seen).length > 0);
  expect([county, town]).toEqual([{ 'r-east': 108.5, 'r-west': 109.5 }, { 'r-east': 108.5 }]);
});

test('a window that is opened again has everybody at once, also those who have not moved since', async () => {
  await using closers = new AsyncDisposableStack();
  const { report, pages, fake, console: newest } = await openRoom(closers);
  report('r-east');
  report('r-west');
  const first = newest();
  await seenBy(first, (seen) => Object.keys(seen).length === 2);
  fake
    .open()
    .find(({ request }) => request.identity.kind === 'console')
    ?.die('crashed');
  await pages.until(() => newest() !== first && newest().hello() !== null);
  expect(await seenBy(newest(), () => true)).toEqual({ 'r-east': 108.5, 'r-west': 108.5 });
});

const countyId = RegionId.parse('testland');
const border = RegionPolygon.parse({
  regionId: countyId,
  rings: [
    [
      [108, 33],
      [109, 33],
      [109, 34],
      [108, 34],
      [108, 33],
    ],
  ],
});

test('what cannot be true never reaches a window and is counted; what is old or outside is drawn as that, and said', async () => {
  await using closers = new AsyncDisposableStack();
  const { report, console: newest, platform } = await openRoom(closers, [{ kind: 'polygons', row: border }]);
  const nowMs = nodeClock.nowMs();
  report('r-east', { lng: 108.75, measuredAtMs: nowMs });
  // Two hours ago, in another county: the first that is ever heard of him.
  report('r-west', { lng: 120, lat: 30, measuredAtMs: nowMs - 2 * 3_600_000 });
  report('nobody', { lng: 108.1 });
  report('constructor', { lng: 108.1 });
  report('r-east', { lng: 108.2, measuredAtMs: nowMs + 3_600_000 });
  report('r-east', { lng: 108.3, measuredAtMs: nowMs - 3_600_000 });
  report('r-east', { lng: Number.NaN });
  report('r-east', { lng: 33.3, lat: 108.7 });
  report('r-east', { lng: 540 });
  const { seen, columns, rows } = await columnsSeenBy(newest(), (now) => Object.keys(now).length === 2);
  expect(seen).toEqual({ 'r-east': 108.75, 'r-west': 120 });
  const admin = await logIn({ url: platform.url, account: 'admin' });
  const health = await fetch(`${platform.url}${routes.positionsHealth}`, { headers: { authorization: `Bearer ${admin.session}` } });
  expect(await health.json()).toMatchObject({
    ...{ responders: 2, taken: 2 },
    refused: { unknownResponder: 2, notANumber: 1, offEarth: 2, inFuture: 1, older: 1, unknownStatus: 0 },
  });

  const page = (await newest().main.directoryPage({ kind: 'polygons', offset: 0 })) as Extract<DirectoryPage, { kind: 'polygons' }>;
  const outside = countOutside({ columns, roots: [countyId], polygons: page.rows });
  const ages = rows.map(({ id, index }) => [id, isStale({ measuredAtMs: positionAt(columns, index)?.measuredAtMs ?? 0, nowMs })]);
  expect([outside, Object.fromEntries(ages)]).toEqual([1, { 'r-east': false, 'r-west': true }]);
  const shown = { ...emptyMapState.shown, responders: true };
  const notes = (count: number) => legendNotes({ ...emptyMapState, shown, outside: count }).map((note) => [note.text, note.count]);
  expect([notes(outside), notes(0)]).toEqual([[['map:legend.outside', 1]], []]);
});

test("who looks at somebody's way is on the record first, with his purpose; of another town nobody is known", async () => {
  await using closers = new AsyncDisposableStack();
  const { console: newest, pages, platform } = await openRoom(closers);
  const purpose = { kind: 'incident', reference: '7' } as const;
  const follow = async (responderId: string) =>
    await newest().main.followResponder({ responderId: ResponderId.parse(responderId), purpose });
  expect([await follow('r-west'), (await follow('nobody')).ok]).toEqual([{ ok: true, value: null }, false]);
  await newest().main.logout({});
  expect((await follow('r-west')).ok).toBe(false);
  await newest().main.login({ account: 'town', password: 'town-demo' });
  await pages.until(() => newest().room().person !== null);
  expect([(await follow('r-west')).ok, (await follow('r-east')).ok]).toEqual([false, true]);
  const { session } = await logIn({ url: platform.url, account: 'auditor' });
  const body = { types: ['audit.responderFollowed'] };
  const { rows } = (await (await post({ url: `${platform.url}${routes.auditEntries}`, body, token: session })).json()) as AuditPage;
  expect(rows.map(({ subject, payload }) => [subject, (JSON.parse(payload) as { purpose: object }).purpose])).toEqual([
    ['responder/r-east', purpose],
    ['responder/r-west', purpose],
  ]);
  expect(new Set(rows.map(({ actor }) => actor)).size).toBe(2);
});
