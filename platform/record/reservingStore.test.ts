import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createDiskReserve, reserveName } from './diskReserve.ts';
import { createMemoryStore } from './memoryStore.ts';
import { reservingStore } from './reservingStore.ts';
import type { Batch, DeskSettled } from './store.ts';
import { createHandPorts } from './testing/handPorts.ts';

const empty: Batch = { facts: [], receipts: [], settled: [], directory: null };
const work: Batch = { ...empty, settled: [{ deskId: 'd1', commandSeq: 1, shippedSeq: 0 } as DeskSettled] };
const end: Batch = { ...empty, access: [{ endedSessions: ['t1'] }] };

/** A disk with so many free bytes, a reserve of ten, and a store that takes one byte a batch. */
function openDisk(freeBytes: number) {
  const disk = { freeBytes, heldBytes: 0, isOwed: false };
  const store = createMemoryStore({ epoch: 'e1' });
  const written: Batch[] = [];
  const reserving = reservingStore({
    store: {
      ...store,
      async commit(batch) {
        if (disk.freeBytes < 1) throw new Error('database or disk is full');
        disk.freeBytes -= 1;
        written.push(batch);
      },
    },
    reserve: {
      async hold() {
        if (disk.heldBytes === 10) return true;
        if (disk.freeBytes < 12) return false;
        [disk.freeBytes, disk.heldBytes, disk.isOwed] = [disk.freeBytes - 10, 10, false];
        return true;
      },
      release() {
        [disk.freeBytes, disk.heldBytes, disk.isOwed] = [disk.freeBytes + disk.heldBytes, 0, disk.heldBytes > 0];
      },
      hasRoom: async () => disk.freeBytes >= (disk.isOwed ? 12 : 2),
    },
    isEnd: (batch) => batch === end,
    ...createHandPorts(),
  });
  return { disk, written, reserving };
}

test('on a full disk work is refused and ends are written from the reserve, which is made again when there is room', async () => {
  const { disk, written, reserving } = openDisk(1);
  disk.heldBytes = 10;
  await reserving.commit(work);
  await expect(reserving.commit(work)).rejects.toThrow('full');
  await reserving.commit(end);
  await expect(reserving.commit(work)).rejects.toThrow('its reserve is for what ends');
  const whileFull = { ...disk };
  disk.freeBytes += 100;
  await reserving.commit(work);
  expect([whileFull, disk.heldBytes, written]).toEqual([{ freeBytes: 9, heldBytes: 0, isOwed: true }, 10, [work, end, work]]);
});

test('the first end that finds the disk full is written itself', async () => {
  const { disk, written, reserving } = openDisk(0);
  disk.heldBytes = 10;
  await reserving.commit(end);
  expect([written, disk.heldBytes]).toEqual([[end], 0]);
});

test('a disk too small for the reserve is worked on without one, and mends when something is removed', async () => {
  const { disk, written, reserving } = openDisk(0);
  await expect(reserving.commit(work)).rejects.toThrow('full');
  disk.freeBytes = 5;
  await reserving.commit(work);
  expect([written.length, disk.heldBytes]).toEqual([1, 0]);
});

test('the reserve is a file of its size that is gone when it is given back', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'reserve-'));
  const reserve = createDiskReserve({ folder, bytes: 1_500_000 });
  const file = path.join(folder, reserveName);
  const held = [await reserve.hold(), statSync(file).size, await reserve.hold()];
  reserve.release();
  const none = statSync(file, { throwIfNoEntry: false });
  const tooLarge = await createDiskReserve({ folder, bytes: 2 ** 60 }).hold();
  rmSync(folder, { recursive: true });
  expect([held, none, tooLarge]).toEqual([[true, 1_500_000, true], undefined, false]);
});
