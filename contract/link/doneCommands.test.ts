import { describe, expect, test } from 'vitest';
import type { CommandId, PersonId } from '#contract/values/index.ts';
import { createDoneBook, DoneRecord } from './doneCommands.ts';
import type { OutboxEntry } from './outbox.ts';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const idOf = (number: number) => `0198c7d2-0000-7000-8000-${String(number).padStart(12, '0')}` as CommandId;
const dayMs = 24 * 60 * 60 * 1000;

function entry(number: number): OutboxEntry {
  const command = { type: 'cameras.clearFault', cameraId: 'c1' } as OutboxEntry['command'];
  return { commandId: idOf(number), personId: 'p1' as PersonId, askedAtMs: number, command, deskSeq: number };
}

/** A platform that knows some commands, and a disk that stays when the book is opened again. */
function openDesk({ known }: { known: readonly CommandId[] | null }) {
  const disk: unknown[] = [];
  const asked: (readonly CommandId[])[] = [];
  let nowMs = 100 * dayMs;
  let answer: object | null = known === null ? null : { known };
  const open = async () => {
    const book = createDoneBook({
      journal: {
        load: async () => [...disk],
        append: async (record) => void disk.push(record),
        rewrite: async (records) => void disk.splice(0, disk.length, ...records),
      },
      clock: { nowMs: () => nowMs },
      log: silent,
      request: async (_, message) => {
        asked.push((message as { commandIds: readonly CommandId[] }).commandIds);
        return answer;
      },
      onProgress: () => {},
    });
    await book.load();
    return book;
  };
  return {
    open,
    asked,
    disk,
    pass: (ms: number) => void (nowMs += ms),
    answers: (next: object | null) => void (answer = next),
  };
}

const lostIds = (book: { lost(): readonly { commandId: CommandId }[] }) => book.lost().map(({ commandId }) => commandId);

describe('commands that were done', () => {
  test('are asked for when the record is in another epoch, and the unknown ones are named, also after a restart', async () => {
    const desk = openDesk({ known: [idOf(1)] });
    const book = await desk.open();
    await book.epochIs('e1');
    for (const number of [1, 2, 3]) await book.note(entry(number));
    await book.epochIs('e1');
    expect(desk.asked).toEqual([]);
    await book.epochIs('e2');
    const again = await desk.open();
    await again.epochIs('e2');
    expect([lostIds(book), lostIds(again), desk.asked]).toEqual([[idOf(2), idOf(3)], [idOf(2), idOf(3)], [[1, 2, 3].map(idOf)]]);
    expect(book.lost()[0]).toEqual({
      commandId: idOf(2),
      command: { type: 'cameras.clearFault', cameraId: 'c1' },
      askedAtMs: 2,
      doneAtMs: 100 * dayMs,
    });
  });

  test('are told no more once somebody has seen that they are lost, also after a restart', async () => {
    const desk = openDesk({ known: [] });
    const book = await desk.open();
    await book.epochIs('e1');
    for (const number of [1, 2]) await book.note(entry(number));
    await book.epochIs('e2');
    await book.seen([idOf(1)]);
    const again = await desk.open();
    expect([lostIds(book), lostIds(again)]).toEqual([[idOf(2)], [idOf(2)]]);
  });

  test('are asked for as well by a desk that was off while the record was put back', async () => {
    const desk = openDesk({ known: [] });
    const book = await desk.open();
    await book.epochIs('e1');
    await book.note(entry(1));
    const again = await desk.open();
    await again.epochIs('e2');
    expect(lostIds(again)).toEqual([idOf(1)]);
  });

  test('are asked for again with the next heads when the connection broke', async () => {
    const desk = openDesk({ known: null });
    const book = await desk.open();
    await book.epochIs('e1');
    await book.note(entry(1));
    await book.epochIs('e2');
    expect(lostIds(book)).toEqual([]);
    desk.answers({ known: [] });
    await book.epochIs('e2');
    expect(lostIds(book)).toEqual([idOf(1)]);
  });

  test('are not called lost by an answer that nobody can read', async () => {
    const desk = openDesk({ known: [] });
    const book = await desk.open();
    await book.epochIs('e1');
    await book.note(entry(1));
    desk.answers({ ok: false });
    await book.epochIs('e2');
    expect(lostIds(book)).toEqual([]);
  });

  test('are not asked for when the platform may have forgotten them by age', async () => {
    const desk = openDesk({ known: [] });
    const book = await desk.open();
    await book.epochIs('e1');
    await book.note(entry(1));
    desk.pass(7 * dayMs);
    await book.note(entry(2));
    await book.epochIs('e2');
    expect(desk.asked).toEqual([[idOf(2)]]);
  });

  test('are the newest 1,000, in a journal that is written short, of readable lines', async () => {
    const desk = openDesk({ known: [] });
    const book = await desk.open();
    await book.epochIs('e1');
    for (let number = 1; number <= 2_100; number += 1) await book.note(entry(number));
    const again = await desk.open();
    await again.epochIs('e2');
    expect([desk.asked[0]?.length, desk.asked[0]?.at(-1), desk.disk.length < 2_100]).toEqual([1_000, idOf(2_100), true]);
    expect(desk.disk.every((record) => DoneRecord.safeParse(record).success)).toBe(true);
  });
});
