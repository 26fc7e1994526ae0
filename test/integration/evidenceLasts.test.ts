import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { EvidenceList, EvidenceRow } from '#contract/evidence/index.ts';
import { createDiskReserve } from '#platform/record/index.ts';
import { openEvidenceKey, openSealedFiles } from '#platform/evidence/index.ts';
import { makeBackup } from '#tools/backup/makeBackup.ts';
import { restoreBackup } from '#tools/backup/restoreBackup.ts';
import { drawWhiteLoop, forIncident, openEvidenceRoom } from '../builders/evidenceRoom.ts';
import { openCountyDesk } from '../builders/openDesk.ts';
import { startPlatform } from '../builders/platformProcess.ts';
import { runTool } from '../builders/runningRoom.ts';

let root: string;
let data: string;
let loop: string;
let loops: string;
let closing: AsyncDisposableStack;
beforeAll(async () => {
  loops = mkdtempSync(path.join(tmpdir(), 'evidence-loop-'));
  loop = await drawWhiteLoop(loops);
});
afterAll(() => rmSync(loops, { recursive: true }));
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'evidence-'));
  data = path.join(root, 'platform');
  closing = new AsyncDisposableStack();
});
afterEach(async () => {
  await closing.disposeAsync();
  rmSync(root, { recursive: true });
});

async function open() {
  const room = await openEvidenceRoom({ data, loop });
  closing.defer(room.close);
  return room;
}
type Room = Awaited<ReturnType<typeof open>>;

const rowsOf = async (room: Room) =>
  EvidenceList.parse((await room.ask({ type: 'evidence.list', cameraId: null, after: null })).value).rows;

test('a backup has the kept pictures, sealed, and brings them back; what was erased since goes again at the next start', async () => {
  const first = await open();
  const [kept, going] = [await first.taken(), await first.taken()];
  const bytes = (await first.fetched(kept.evidenceId)) as Uint8Array;
  const backup = path.join(root, 'backup');
  const { manifest } = await makeBackup({ from: data, to: backup });
  expect(manifest.files.filter(({ name }) => name.startsWith('evidence/'))).toHaveLength(4);
  await first.erase(going.evidenceId);
  await first.close();
  await restoreBackup({ from: backup, to: data, by: 'test' });
  // The backup does have it: without the list it would be back.
  expect(readdirSync(path.join(data, 'evidence')).filter((name) => name.startsWith(going.evidenceId))).toHaveLength(2);
  const second = await open();
  expect([await second.fetched(kept.evidenceId), await second.fetched(going.evidenceId)]).toEqual([bytes, 'evidence.alreadyErased']);
  expect(readdirSync(second.folder).filter((name) => name.startsWith(going.evidenceId))).toEqual([]);
  expect((await rowsOf(second)).map(({ evidenceId, standing }) => [evidenceId, standing.kind])).toEqual([
    [going.evidenceId, 'erased'],
    [kept.evidenceId, 'kept'],
  ]);
});

test('a picture that was taken after the backup is none of the restored record, and is not in its folder either', async () => {
  const first = await open();
  const backup = path.join(root, 'backup');
  await makeBackup({ from: data, to: backup });
  await first.taken();
  await first.close();
  const { aside } = await restoreBackup({ from: backup, to: data, by: 'test' });
  const second = await open();
  expect([await rowsOf(second), readdirSync(second.folder), readdirSync(path.join(aside ?? '', 'evidence')).length]).toEqual([[], [], 2]);
});

test('a directory that is exported takes no kept picture and no key along', async () => {
  const room = await open();
  await room.taken();
  await room.close();
  const to = path.join(root, 'export');
  const { code } = await runTool(['tools/export.ts', to, '--data', root, '--with-streams']);
  const files = ['cameras.csv', 'centers.csv', 'regions.geojson', 'responders.csv'];
  expect([code, readdirSync(to).toSorted()]).toEqual([0, files]);
});

test('what is on the record and not in the store is said to be missing', async () => {
  const first = await open();
  const { evidenceId } = await first.taken();
  await first.close();
  rmSync(path.join(data, 'evidence', `${evidenceId}.sealed`));
  rmSync(path.join(data, 'evidence', `${evidenceId}.key`));
  const second = await open();
  expect([(await rowsOf(second))[0]?.standing, await second.fetched(evidenceId)]).toEqual([{ kind: 'missing' }, 'evidence.missing']);
});

/** A platform process that is no demo cannot play a loop: the real process with the demo county, whose cameras play `.cache/demo-loops`. */
async function startDemo(env: Record<string, string> = {}) {
  const platform = startPlatform({ data, args: ['--demo'], env });
  const url = await platform.ready;
  if (url === null) throw new Error((await platform.ended).said);
  closing.defer(async () => {
    platform.child.kill('SIGKILL');
    await platform.ended;
  });
  const { desk, session } = await openCountyDesk(url);
  closing.defer(() => desk.close());
  await desk.ask('attach', { session });
  const take = () => desk.ask('ask', { type: 'evidence.take', cameraId: 'cam-0129', reason: forIncident, language: 'zh' });
  const list = async () => {
    const answer = (await desk.ask('ask', { type: 'evidence.list', cameraId: null, after: null })) as { value: unknown };
    return EvidenceList.parse(answer.value).rows;
  };
  return { platform, url, take, list };
}

test('a kill between the picture and its fact leaves nothing behind: the next start finds the picture and erases it', async () => {
  const first = await startDemo({ COMMANDWALL_TEST_STOP_AT: 'beforeEvidence' });
  void first.take().catch(() => {});
  expect((await first.platform.ended).how).toBe('SIGKILL');
  const orphan = readdirSync(path.join(data, 'evidence'));
  expect(orphan).toHaveLength(2);
  const second = await startDemo();
  expect([readdirSync(path.join(data, 'evidence')), await second.list()]).toEqual([[], []]);
  const taken = EvidenceRow.parse(((await second.take()) as { value: unknown }).value);
  expect((await second.list()).map(({ evidenceId }) => evidenceId)).toEqual([taken.evidenceId]);
  second.platform.child.kill('SIGKILL');
  await second.platform.ended;
  // What was answered is there after a kill.
  const third = await startDemo();
  expect((await third.list()).map(({ evidenceId, standing }) => [evidenceId, standing.kind])).toEqual([[taken.evidenceId, 'kept']]);
});

const small = mkdtempSync(path.join(tmpdir(), 'small-evidence-'));
const mount = () => spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', small]).status === 0;
const isMounted = mount();
if (isMounted) spawnSync('umount', [small]);
if (!isMounted) process.stderr.write('SKIPPED: no file system may be mounted here, so the full disk is not tried\n');
afterAll(() => {
  spawnSync('umount', [small]);
  rmSync(small, { recursive: true, force: true });
});

test.skipIf(!isMounted)(
  'on a full disk a snapshot is refused in words, leaves no file, touches no reserve, and space mends it',
  async () => {
    mount();
    data = path.join(small, 'platform');
    const { take } = await startDemo();
    const reserve = path.join(data, 'reserve.bin');
    await expect.poll(() => existsSync(reserve) && readFileSync(reserve).length, { timeout: 30_000 }).toBe(1024 * 1024);
    const filler = path.join(small, 'filler');
    const { bavail, bsize } = statfsSync(small);
    // Less than the least room is left, and more than a picture needs.
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 3 * 1024 * 1024));
    expect(await take()).toMatchObject({ ok: false, refusal: { code: 'evidence.diskFull' } });
    expect([readdirSync(path.join(data, 'evidence')), readFileSync(reserve).length]).toEqual([[], 1024 * 1024]);
    rmSync(filler);
    expect(await take()).toMatchObject({ ok: true });
    // A disk that fills up in the middle of a picture: nothing of it stays.
    const folder = path.join(small, 'store');
    const store = openSealedFiles({ folder, key: openEvidenceKey(small), hasRoom: createDiskReserve({ folder: small, bytes: 0 }).hasRoom });
    const left = statfsSync(small);
    const evidenceId = EvidenceRow.shape.evidenceId.parse('0198c0de-0000-7000-8000-000000000001');
    await expect(store.put({ evidenceId, owner: 'person/p' as never, bytes: Buffer.alloc(left.bavail * left.bsize) })).rejects.toThrow(
      'full',
    );
    expect(readdirSync(folder)).toEqual([]);
  },
);
