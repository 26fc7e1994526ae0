import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultReport } from '../builders/openDesk.ts';
import { type KillablePlatform, openKillablePlatform } from '../builders/killablePlatform.ts';
import { connectDesk } from '../fakes/busDesk.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'small-disk-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder]).status === 0;
if (!isMounted) process.stderr.write('SKIPPED: no file system may be mounted here, so the full disk is not tried\n');

let platform: KillablePlatform | null = null;
beforeEach(() => rmSync(path.join(folder, 'filler'), { force: true }));
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
