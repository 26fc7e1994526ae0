import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SessionOpened } from '#contract/access/index.ts';
import { protocolVersion, routes, cameraOf } from '#contract/bus/index.ts';
import { countyFeed, deskFeed } from '#contract/record/index.ts';
import type { CameraId, CountyId } from '#contract/values/index.ts';
import { createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { createDeskDisk, type LinkDesk, openLinkDesk } from '../builders/linkDesk.ts';
import { enrol, post } from '../builders/platform.ts';
import { claimAdministrator, importCameras, type PlatformProcess, startPlatform } from '../builders/platformProcess.ts';
import { until } from '../fakes/until.ts';

const countyId = 'county' as CountyId;
const feed = countyFeed(countyId);

let root: string;
let desk: LinkDesk | null = null;
const started: PlatformProcess[] = [];
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'rehearsal-'));
});
afterEach(async () => {
  desk?.kill();
  for (const platform of started.splice(0)) await kill(platform);
  rmSync(root, { recursive: true });
});

async function start(args: readonly string[] = []) {
  const platform = startPlatform({ data: path.join(root, 'platform'), args });
  started.push(platform);
  const url = await platform.ready;
  if (url === null) throw new Error((await platform.ended).said);
  return { platform, url };
}

async function kill({ child, ended }: PlatformProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

async function run(tool: 'backup' | 'restore', args: readonly string[]): Promise<{ code: number; said: string }> {
  const script = path.resolve(import.meta.dirname, `../../tools/${tool}.ts`);
  const child = spawn(process.execPath, [script, ...args, '--data', root], { stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: code as number, said: out + err };
}

async function signIn(url: string) {
  const answer = await post({ url: `${url}${routes.login}`, body: { account: 'root', password: 'a long password' } });
  const { session, person } = SessionOpened.parse(await answer.json());
  return { session, personId: person.personId };
}

/** A platform with cameras and an enrolled desk that runs through everything that follows. */
async function openRehearsal() {
  const { platform, url } = await start();
  const session = await claimAdministrator({ platform, url });
  await importCameras({ url, session, numbers: ['101', '102'] });
  const { deskId, deviceKey } = await enrol({ url, session });
  const handshake = { protocolVersion, deskId, deviceKey };
  const disk = createDeskDisk();
  const transport = createSocketTransport({ platformUrl: url });
  const place = { transport, clock: machineClock, timers: machineTimers, randomness: () => 0, sha256 };
  const opened = await openLinkDesk({ place, handshake, disk });
  desk = opened;
  opened.link.attach(await signIn(url));
  return { platform, url, handshake, disk, desk: opened };
}

test('yesterday’s backup under a running desk: noticed, new epoch, snapshot, the lost command named, wall facts told again', async () => {
  const { platform, url, handshake, disk, desk } = await openRehearsal();
  const [first, second] = await camerasOf({ url, session: (await signIn(url)).session });
  const report = async (cameraId: CameraId) => {
    const before = desk.settled.length;
    const commandId = await desk.ask(await signIn(url), { type: 'cameras.reportFault', cameraId });
    await until(() => desk.settled.length > before);
    expect(desk.settled.at(-1)).toEqual({ commandId, refusal: null });
    return commandId;
  };
  const tellWall = async () => {
    desk.clearTile({ handshake, countyId });
    await until(() => disk.wall.settledSeq === disk.wall.facts.length);
  };
  const position = (of: string) => desk.link.positions().find((one) => one.feed === of);

  await report(first);
  await tellWall();
  await until(() => disk.done.some(({ kind }) => kind === 'epoch'));
  const backup = path.join(root, 'backup');
  expect(await run('backup', ['--to', backup])).toMatchObject({ code: 0 });
  const lost = await report(second);
  await tellWall();
  await tellWall();
  await until(() => desk.feeds.get(feed)?.state.cameras.get(second)?.fault != null);
  const before = position(feed);
  expect((await run('restore', ['--from', backup])).said).toContain('A platform runs on');

  await kill(platform);
  expect(await run('restore', ['--from', backup])).toMatchObject({ code: 0 });
  expect(readdirSync(root).filter((name) => name.includes('before-restore'))).toHaveLength(1);
  await start(['--port', new URL(url).port]);

  await until(() => desk.status().lostCommands.length > 0);
  expect(desk.status().lostCommands.map(({ commandId, command }) => [commandId, command.type, cameraOf(command)])).toEqual([
    [lost, 'cameras.reportFault', second],
  ]);
  await until(() => position(feed) !== undefined && position(feed)?.epoch !== before?.epoch);
  const faults = [first, second].map((cameraId) => desk.feeds.get(feed)?.state.cameras.get(cameraId)?.fault?.kind ?? null);
  expect([faults, position(feed)?.seq]).toEqual([['blurred', null], (before?.seq ?? 0) - 1]);
  // Seq 3 alone proves nothing: that is also where the desk was before. And a fact is told before its shipment is answered.
  const renewed = position(feed)?.epoch;
  await until(() => {
    const own = position(deskFeed(handshake.deskId));
    return own?.epoch === renewed && own?.seq === 3 && disk.wall.settledSeq === 3;
  });

  // And on it goes: whoever decides so does it again.
  desk.link.attach(await signIn(url));
  await report(second);
  await until(() => desk.feeds.get(feed)?.state.cameras.get(second)?.fault != null);
  expect(desk.status().lostCommands).toHaveLength(1);
  await desk.link.lostSeen([lost]);
  expect(desk.status().lostCommands).toEqual([]);
});

async function camerasOf({ url, session }: { url: string; session: string }): Promise<readonly [CameraId, CameraId]> {
  const answer = await fetch(`${url}${routes.directory}/cameras?offset=0&limit=10`, { headers: { authorization: `Bearer ${session}` } });
  const { rows } = (await answer.json()) as { rows: { id: CameraId }[] };
  const [first, second] = rows.map(({ id }) => id);
  if (first === undefined || second === undefined) throw new Error('the cameras were not imported');
  return [first, second];
}
