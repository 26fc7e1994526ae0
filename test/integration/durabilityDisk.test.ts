import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import { openSqliteStore } from '#platform/record/index.ts';
import { faultReport } from '../builders/openDesk.ts';
import { killableCounty, type KillablePlatform, openKillablePlatform } from '../builders/killablePlatform.ts';
import { post } from '../builders/platform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
const mount = () => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]).status === 0;
const isMounted = mount();
if (isMounted) spawnSync('umount', [folder]);
if (!isMounted) process.stderr.write('SKIPPED: no file system may be mounted here, so the full disk is not tried\n');

let platform: KillablePlatform | null = null;
beforeEach(() => {
  if (isMounted) mkdirSync(folder, { recursive: true });
  if (isMounted) mount();
});
afterEach(async () => {
  await platform?.kill();
  if (isMounted) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true, force: true });
});

const filler = path.join(folder, 'filler');
const fill = () => {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize));
};

test.skipIf(!isMounted)('on a full disk commands are refused before they are told, desks stay connected, and space mends it', async () => {
  const cameras = 400;
  platform = await openKillablePlatform({ cameras, folder: path.join(folder, 'data') });
  const { url, session } = platform;
  const desk = await connectDesk({ url, device: await platform.enrol() });
  await desk.resume([{ feed: 'county/county', position: null }]);
  fill();
  let deskSeq = 0;
  let reply: unknown;
  let command = faultReport({ session });
  do {
    deskSeq += 1;
    command = faultReport({ session, deskSeq, cameraId: `no-c${deskSeq - 1}` });
    reply = await desk.ask('command', command);
  } while ((reply as { ok: boolean }).ok && deskSeq < cameras);
  const { commandId } = command;
  const refused = reply;
  // The fact of a granted command is told before its reply: so what is known now is all that was ever told.
  const toldWhileFull = desk.told.facts.map(({ fact }) => fact.commandId);
  const headsSoFar = desk.told.heads.length;
  await desk.until(() => desk.told.heads.length > headsSoFar);
  const clock = await desk.ask('clock', {});
  rmSync(filler);
  const mended = await desk.ask('command', command);
  await desk.until(() => desk.told.facts.length === deskSeq);
  await platform.kill();
  const recorded = (await platform.recorded()).map(({ fact }) => fact.commandId);
  expect({ refused, clock, mended }).toEqual({
    refused: { ok: false, commandId, refusal: { code: 'bus.notRecorded' } },
    clock: { platformNowMs: expect.any(Number) },
    mended: { ok: true, commandId, factCount: 1 },
  });
  expect(toldWhileFull).toHaveLength(deskSeq - 1);
  expect(recorded).toEqual([...toldWhileFull, commandId]);
});

test.skipIf(!isMounted)(
  'on a full disk nobody gets in and nothing is changed, but a log-out is still written, from the reserve',
  async () => {
    platform = await openKillablePlatform({ cameras: 400, folder: path.join(folder, 'data') });
    const { url, session } = platform;
    const other = await platform.signIn();
    const device = await platform.enrol();
    const desk = await connectDesk({ url, device });
    const reserve = path.join(folder, 'data', 'reserve.bin');
    await expect.poll(() => statSync(reserve, { throwIfNoEntry: false })?.size, { timeout: 30_000 }).toBe(1024 * 1024);
    fill();
    // Commands use up what the file system still finds, until one is refused.
    let deskSeq = 0;
    let reply: unknown;
    do {
      deskSeq += 1;
      reply = await desk.ask('command', faultReport({ session, deskSeq, cameraId: `no-c${deskSeq - 1}` }));
    } while ((reply as { ok: boolean }).ok && deskSeq < 400);
    const at = async (route: string, body: object, token: string) => (await post({ url: `${url}${route}`, body, token })).status;
    const person = { account: 'new', name: '李东', roles: ['operator'], territory: ['county'] };
    const full = {
      reply,
      isGivenBack: !existsSync(reserve),
      login: await at(routes.login, { account: 'root', password: 'a long password' }, ''),
      enrolment: await at(routes.enrol, {}, session),
      account: await at(routes.people, person, session),
      logout: await at(routes.logout, {}, other.session),
    };
    desk.close();
    await platform.kill();
    const store = await openSqliteStore({ file: path.join(folder, 'data', 'record.sqlite'), newEpoch: 'unused' });
    const [people, sessions, devices] = [await store.readPeople(), await store.readSessions(), await store.readDevices()];
    const facts = await store.readFacts({ feed: auditFeed(killableCounty), epoch: await store.epoch(), afterSeq: 0, limit: 10_000 });
    await store.close();
    expect(full).toMatchObject({
      reply: { ok: false, refusal: { code: 'bus.notRecorded' } },
      ...{ isGivenBack: true, login: 503, enrolment: 503, account: 503, logout: 204 },
    });
    expect([people.length, sessions.length, devices.length, facts.at(-1)?.fact.type]).toEqual([1, 1, 1, 'audit.loggedOut']);
  },
);
