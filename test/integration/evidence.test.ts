import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { routes } from '#contract/bus/index.ts';
import { WaitingLifts } from '#contract/cameras/index.ts';
import { EvidenceGrant, EvidenceList, evidenceDays } from '#contract/evidence/index.ts';
import { auditFeed } from '#contract/record/index.ts';
import type { CountyId } from '#contract/values/index.ts';
import { EvidenceDiskFull } from '#platform/evidence/index.ts';
import { nodeClock } from '#platform/nodePorts.ts';
import type { RecordStore } from '#platform/record/index.ts';
import { drawWhiteLoop, fetchOnce, forIncident, openEvidenceRoom } from '../builders/evidenceRoom.ts';
import { logIn, post } from '../builders/platform.ts';
import { runFfmpeg } from '../fakes/ffmpegTool.ts';

const countyId = 'testland' as CountyId;
const dayMs = 24 * 60 * 60_000;
type Room = Awaited<ReturnType<typeof openEvidenceRoom>>;

let loops: string;
let loop: string;
let data: string;
let closing: AsyncDisposableStack;
beforeAll(async () => {
  loops = mkdtempSync(path.join(tmpdir(), 'evidence-loop-'));
  loop = await drawWhiteLoop(loops);
});
afterAll(() => rmSync(loops, { recursive: true }));
beforeEach(() => {
  data = path.join(mkdtempSync(path.join(tmpdir(), 'evidence-')), 'platform');
  closing = new AsyncDisposableStack();
});
afterEach(async () => {
  await closing.disposeAsync();
  rmSync(path.dirname(data), { recursive: true });
});

async function open(more: Partial<Parameters<typeof openEvidenceRoom>[0]> = {}): Promise<Room> {
  const room = await openEvidenceRoom({ data, loop, ...more });
  closing.defer(room.close);
  return room;
}

async function factsOf({ store }: Room): Promise<readonly { type: string; payload: Record<string, unknown>; actor: string }[]> {
  const facts = await store.readFacts({ feed: auditFeed(countyId), epoch: await store.epoch(), afterSeq: 0, limit: 999 });
  return facts
    .filter(({ fact }) => fact.type.startsWith('evidence.'))
    .map(({ fact }) => ({ type: fact.type, actor: fact.actor, payload: JSON.parse(fact.payload) as Record<string, unknown> }));
}

/** Luma of a picture, row by row. */
async function lumaOf(picture: Uint8Array, { widthPx, heightPx }: { widthPx: number; heightPx: number }): Promise<Uint8Array> {
  const { output } = await runFfmpeg(
    ['-loglevel', 'error', '-f', 'mjpeg', '-i', 'pipe:0', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'],
    picture,
  );
  expect(output.length).toBe(widthPx * heightPx);
  return output;
}

/** The markers of a JPEG up to its scan (ITU-T T.81, B.1.1). */
function markersOf(jpeg: Uint8Array): readonly number[] {
  const markers: number[] = [];
  for (let at = 2; at < jpeg.length; ) {
    const marker = jpeg[at + 1] ?? 0;
    markers.push(marker);
    if (marker === 0xda) break;
    at += 2 + (((jpeg[at + 2] ?? 0) << 8) | (jpeg[at + 3] ?? 0));
  }
  return markers;
}

const share = (luma: Uint8Array, is: (value: number) => boolean) => luma.reduce((sum, value) => sum + (is(value) ? 1 : 0), 0) / luma.length;

test('a snapshot is a marked JPEG without metadata, sealed on the disk, and on the record with its hash, who, why and until when', async () => {
  const room = await open();
  const row = await room.taken();
  const bytes = (await room.fetched(row.evidenceId)) as Uint8Array;
  const [taken, opened] = await factsOf(room);
  const { personId, name } = (await logIn({ url: room.url, account: 'duty' })).person;
  expect([taken?.type, taken?.actor, taken?.payload]).toEqual([
    'evidence.taken',
    `person/${personId}`,
    expect.objectContaining({
      ...{ evidenceId: row.evidenceId, cameraId: 'east-a', personId, deskId: room.device.deskId, reason: forIncident, kind: 'snapshot' },
      sha256: createHash('sha256').update(bytes).digest('hex'),
      bytes: bytes.length,
    }),
  ]);
  expect(row).toMatchObject({ by: name, standing: { kind: 'kept' }, picture: { rendition: 'plain', isProven: false, widthPx: 640 } });
  expect(Math.round((row.retainUntilMs - row.takenAtMs) / dayMs)).toBe(evidenceDays.snapshot);
  expect([opened?.type, opened?.payload['personId']]).toEqual(['evidence.opened', personId]);
  // No APP1 (Exif), no other application's, no comment.
  expect(markersOf(bytes).filter((marker) => (marker > 0xe0 && marker <= 0xef) || marker === 0xfe)).toEqual([]);
  expect(bytes.length).toBeLessThan(1_000_000);
  // The film is white: whatever is dark in the picture's own part is the trace, below it is the strip with its words.
  const luma = await lumaOf(bytes, row.picture);
  const picture = luma.subarray(0, 640 * 360);
  const strip = luma.subarray(640 * 360);
  expect(share(picture, (value) => value > 200)).toBeGreaterThan(0.95);
  expect(share(picture, (value) => value < 240)).toBeGreaterThan(0.005);
  expect([share(strip, (value) => value < 60) > 0.7, share(strip, (value) => value > 180) > 0.02]).toEqual([true, true]);
  const lying = readdirSync(room.folder).map((file) => readFileSync(path.join(room.folder, file)));
  expect(lying).toHaveLength(2);
  const needles = [bytes.subarray(0, 16), bytes.subarray(2_000, 2_032), Buffer.from('JFIF')];
  expect(lying.flatMap((sealed) => needles.filter((needle) => sealed.includes(Buffer.from(needle))))).toEqual([]);
});

test('a right opens once, one picture, and nothing after its person has logged out', async () => {
  const room = await open();
  const [first, second] = [await room.taken(), await room.taken()];
  const grant = async () => EvidenceGrant.parse((await room.open(first.evidenceId)).value);
  const used = await grant();
  expect(await fetchOnce(used)).toBeInstanceOf(Uint8Array);
  expect(await fetchOnce(used)).toBe('401');
  const other = await grant();
  expect(await fetchOnce({ ...other, url: other.url.replace(first.evidenceId, second.evidenceId) })).toBe('401');
  const late = await room.sitDown('duty');
  const last = await grant();
  await post({ url: `${room.url}${routes.logout}`, body: {}, token: late.session });
  expect(await fetchOnce(last)).toBe('access.notAllowed');
  expect((await factsOf(room)).filter(({ type }) => type === 'evidence.opened')).toHaveLength(1);
});

test('another town’s desk gets nothing: no picture, no list, no row, and cannot erase', async () => {
  const room = await open();
  const { evidenceId } = await room.taken('west-a');
  await room.taken('east-a');
  const list = async (cameraId: string | null) => await room.ask({ type: 'evidence.list', cameraId, after: null });
  expect(EvidenceList.parse((await list(null)).value)).toMatchObject({ count: 2, hasMore: false });
  const town = await room.sitDown('town');
  expect(town.person.territory).toEqual(['east']);
  expect([
    (await room.take('west-a')).refusal?.code,
    (await room.take('east-a')).refusal?.code,
    (await list('west-a')).refusal?.code,
    (await list(null)).refusal?.code,
    (await room.open(evidenceId)).refusal?.code,
    await room.erase(evidenceId, 'town'),
  ]).toEqual([
    ...['cameras.unknown', 'access.notAllowed', 'cameras.unknown', 'access.notAllowed', 'evidence.unknown'],
    expect.objectContaining({ ok: false, refusal: { code: 'evidence.unknown' } }),
  ]);
  await room.desk.ask('attach', { session: null });
  expect([(await room.take()).refusal?.code, (await room.open(evidenceId)).refusal?.code]).toEqual([
    'access.notAllowed',
    'access.notAllowed',
  ]);
});

test('what is erased is gone from the disk when that is answered, and leaves a tombstone', async () => {
  const room = await open();
  const { evidenceId } = await room.taken();
  const earlier = EvidenceGrant.parse((await room.open(evidenceId)).value);
  expect(await room.erase(evidenceId, 'duty')).toMatchObject({ ok: false, refusal: { code: 'access.notAllowed' } });
  expect(await room.erase(evidenceId)).toMatchObject({ ok: true, factCount: 1 });
  expect(readdirSync(room.folder)).toEqual([]);
  expect([await room.fetched(evidenceId), await fetchOnce(earlier)]).toEqual(['evidence.alreadyErased', 'evidence.alreadyErased']);
  const { rows } = EvidenceList.parse((await room.ask({ type: 'evidence.list', cameraId: 'east-a', after: null })).value);
  expect(rows).toMatchObject([{ evidenceId, standing: { kind: 'erased', reason: 'request' } }]);
  expect((await factsOf(room)).at(-1)).toMatchObject({ type: 'evidence.erased', payload: { evidenceId, reason: 'request' } });
  expect(await room.erase(evidenceId)).toMatchObject({ ok: false, refusal: { code: 'evidence.alreadyErased' } });
});

test('a picture whose time is over is erased by itself', async () => {
  const first = await open();
  const { evidenceId, retainUntilMs } = await first.taken();
  await first.close();
  const almost = await open({ clock: { nowMs: () => retainUntilMs - 1 } });
  expect(readdirSync(almost.folder)).toHaveLength(2);
  await almost.close();
  const later = await open({ clock: { nowMs: () => retainUntilMs } });
  expect(readdirSync(later.folder)).toEqual([]);
  expect((await factsOf(later)).at(-1)).toMatchObject({
    type: 'evidence.erased',
    actor: 'system/retention',
    payload: { evidenceId, reason: 'retention' },
  });
});

test('what cannot be put on the record is not kept, and what cannot be kept is not on the record', async () => {
  let isFull = false;
  const wrap = (store: RecordStore): RecordStore => ({
    ...store,
    async commit(batch) {
      if (isFull && batch.facts.some(({ fact }) => fact.type.startsWith('evidence.'))) throw new Error('the disk is full');
      await store.commit(batch);
    },
  });
  const room = await open({ wrap });
  const { evidenceId } = await room.taken();
  isFull = true;
  expect([(await room.take()).refusal?.code, await room.fetched(evidenceId)]).toEqual(['bus.notRecorded', 'bus.notRecorded']);
  isFull = false;
  room.evidence.store.put = async () => {
    throw new EvidenceDiskFull('no room');
  };
  expect((await room.take()).refusal?.code).toBe('evidence.diskFull');
  expect([readdirSync(room.folder).length, (await factsOf(room)).map(({ type }) => type)]).toEqual([2, ['evidence.taken']]);
});

test('nobody makes a film of single pictures', async () => {
  const room = await open();
  const answers = [];
  for (let take = 0; take < 7; take += 1) answers.push(await room.take());
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, true, true, false]);
  expect(answers.at(-1)).toMatchObject({ refusal: { code: 'evidence.tooMany', params: { seconds: expect.any(Number) } } });
  await room.sitDown('leader');
  expect((await room.take()).ok).toBe(true);
});

const masked = (cameraClass: string) => `平台编号,名称,所属区域,敏感类别,遮挡区域\neast-a,东门,east,${cameraClass},"0,0 1,0 1,0.5 0,0.5"\n`;

test('a masked camera’s snapshot is masked, and says so in its mark', async () => {
  const room = await open({ cameras: masked('普通') });
  const row = await room.taken();
  const luma = await lumaOf((await room.fetched(row.evidenceId)) as Uint8Array, row.picture);
  const { widthPx } = row.picture;
  // The mask ends on the picture's middle line; the trace is lighter than it and covers little.
  const upper = luma.subarray(0, widthPx * 170);
  const lower = luma.subarray(widthPx * 190, widthPx * 350);
  expect(row.picture.rendition).toBe('masked');
  expect([share(upper, (value) => value < 60) > 0.9, share(lower, (value) => value > 200) > 0.95]).toEqual([true, true]);
  // What it is compared with: the other camera's upper half is white.
  const plain = await room.taken('west-a');
  const white = await lumaOf((await room.fetched(plain.evidenceId)) as Uint8Array, plain.picture);
  expect(share(white.subarray(0, widthPx * 170), (value) => value > 200)).toBeGreaterThan(0.9);
});

test('of a school nothing is kept before a leader lets its view be lifted, and then only what is not masked', async () => {
  const room = await open({ cameras: masked('学校') });
  expect((await room.take()).refusal?.code).toBe('evidence.needsLift');
  const leader = await logIn({ url: room.url, account: 'leader' });
  await room.ask({ type: 'cameras.askLift', cameraId: 'east-a', reason: { kind: 'incident', reference: null }, minutes: 5 });
  const waiting = await fetch(`${room.url}${routes.waitingLifts}`, { headers: { authorization: `Bearer ${leader.session}` } });
  const [lift] = WaitingLifts.parse(await waiting.json()).lifts;
  await post({ url: `${room.url}${routes.answerLift}`, body: { liftId: lift?.liftId, answer: 'approve' }, token: leader.session });
  const row = await room.taken();
  const luma = await lumaOf((await room.fetched(row.evidenceId)) as Uint8Array, row.picture);
  expect(row.picture.rendition).toBe('masked');
  expect(share(luma.subarray(0, row.picture.widthPx * 170), (value) => value < 60)).toBeGreaterThan(0.9);
});

test('an opening is a look: it is in the looking register with its camera, purpose and place', async () => {
  const room = await open();
  const { evidenceId } = await room.taken();
  const before = nodeClock.nowMs();
  await room.fetched(evidenceId);
  const filter = { personId: null, cameraIds: null, below: null, purpose: null, standing: null, fromMs: null, untilMs: null } as const;
  const { rows } = await room.store.readLooking({ filter, beforeSeq: null, limit: 9 });
  expect(rows.filter(({ tile }) => tile.startsWith('evidence/'))).toEqual([
    expect.objectContaining({
      cameraId: 'east-a',
      tile: `evidence/${evidenceId}`,
      end: 'closed',
      purpose: { kind: 'patrol', reference: null },
    }),
  ]);
  expect(rows[0]?.openedAtMs).toBeGreaterThanOrEqual(before);
});
