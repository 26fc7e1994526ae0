import { expect, test } from 'vitest';
import { type CameraId, type CommandId, granted, type PersonId } from '#contract/values/index.ts';
import { createDoneBook, type DoneRecord } from './doneCommands.ts';
import type { OutboxEntry, OutboxRecord } from './outbox.ts';
import { createSender } from './sender.ts';

const needle = '王某 13800000000';
const personId = 'p1' as PersonId;
const commandId = '0198c7d2-0000-7000-8000-000000000001' as CommandId;
const command = { type: 'cameras.reportFault', cameraId: 'c1' as CameraId, fault: 'blurred', note: needle } as const;

/** A sender over a journal in memory; `reply` is what the platform answers, null = no connection. */
async function open({ disk, reply, isAtDesk = true }: { disk: OutboxRecord[]; reply: object | null; isAtDesk?: boolean }) {
  const settled: string[] = [];
  let told = () => {};
  const sender = createSender({
    journal: {
      load: async () => [...disk],
      append: async (record) => void disk.push(record),
      rewrite: async (records) => void disk.splice(0, disk.length, ...records),
    },
    clock: { nowMs: () => 1_000 },
    timers: { afterMs: () => () => {} },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: async () => reply,
    person: () => (isAtDesk ? { personId, session: 's'.repeat(43) } : null),
    versionOf: () => 0,
    onDone: async (_: OutboxEntry) => {},
    onSettled: (outcome) => {
      settled.push(outcome.commandId);
      told();
    },
    onProgress: () => {},
  });
  await sender.load();
  const isSettled = () => new Promise<void>((resolve) => (settled.length > 0 ? resolve() : void (told = resolve)));
  return { sender, isSettled };
}

const lines = (disk: readonly OutboxRecord[]) => JSON.stringify(disk);

test('words that may name people are in the journal while they wait, and in no line of it once they are settled', async () => {
  const disk: OutboxRecord[] = [];
  const waiting = await open({ disk, reply: null });
  expect(await waiting.sender.queue({ commandId, personId, command })).toEqual(granted(null));
  expect(lines(disk)).toContain(needle);
  const { sender, isSettled } = await open({ disk, reply: { ok: true, commandId, factCount: 1 } });
  sender.pump();
  await isSettled();
  expect(lines(disk)).not.toContain(needle);
});

test('what was discarded leaves none either, and what a crash left behind goes at the next start', async () => {
  const disk: OutboxRecord[] = [];
  const { sender } = await open({ disk, reply: null, isAtDesk: false });
  await sender.queue({ commandId, personId, command });
  const crashed: OutboxRecord[] = [...disk, { kind: 'settled', commandId, factCount: 1 }];
  await sender.settleWaiting({ commandId, personId, word: 'discard' });
  await open({ disk: crashed, reply: null });
  expect([disk, crashed].map((each) => lines(each).includes(needle))).toEqual([false, false]);
});

test('the books of done commands never have them', async () => {
  const disk: DoneRecord[] = [];
  const journal = { load: async () => [], append: async (record: DoneRecord) => void disk.push(record), rewrite: async () => {} };
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const book = createDoneBook({ journal, clock: { nowMs: () => 1 }, log: quiet, request: async () => null, onProgress: () => {} });
  await book.note({ commandId, personId, askedAtMs: 1, command, deskSeq: 1 });
  expect(JSON.stringify(disk)).toContain('cameras.reportFault');
  expect(JSON.stringify(disk)).not.toContain(needle);
});
