import { z } from 'zod';
import { LostCommand } from '#contract/bridge/index.ts';
import { busLimits, ReceiptsReply, withoutText } from '#contract/bus/index.ts';
import { type Clock, CommandId } from '#contract/values/index.ts';
import type { OutboxEntry } from './outbox.ts';
import type { DoneJournal, LinkLog } from './ports.ts';
import { createSerial } from './serial.ts';

/** Settled commands are remembered this long, less than the platform keeps their receipts: an old one must not look lost. Unit: ms. */
const rememberedMs = 7 * 24 * 60 * 60 * 1000 - 60 * 60 * 1000;
/** Journal records after which it is rewritten short. */
const rewriteAfter = 1_000;

/** One line of the journal of done commands. */
export const DoneRecord = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), command: LostCommand }),
  /** People have seen that these are lost: nobody need be told again. */
  z.strictObject({ kind: z.literal('seen'), commandIds: z.array(CommandId) }),
  /** The record is in this epoch now; it does not know these commands any more. */
  z.strictObject({ kind: z.literal('epoch'), epoch: z.string().min(1).max(64), lost: z.array(LostCommand).max(busLimits.receipts) }),
]);
export type DoneRecord = z.infer<typeof DoneRecord>;

/** What the platform said it had done, in which epoch of the record, and what a later epoch does not know. */
export type DoneCommands = { readonly epoch: string | null; readonly done: readonly LostCommand[]; readonly lost: readonly LostCommand[] };

/** Before the first command. */
export const noDoneCommands: DoneCommands = { epoch: null, done: [], lost: [] };

/** Folds one journal record. */
export function foldDone(state: DoneCommands, record: DoneRecord): DoneCommands {
  switch (record.kind) {
    case 'done': {
      const others = state.done.filter(({ commandId }) => commandId !== record.command.commandId);
      return { ...state, done: [...others, record.command].slice(-busLimits.receipts) };
    }
    case 'seen':
      return { ...state, lost: state.lost.filter(({ commandId }) => !record.commandIds.includes(commandId)) };
    case 'epoch': {
      const lost = new Set(record.lost.map(({ commandId }) => commandId));
      const done = state.done.filter(({ commandId }) => !lost.has(commandId));
      return { epoch: record.epoch, done, lost: [...state.lost, ...record.lost].slice(-busLimits.receipts) };
    }
  }
}

/** What the bookkeeping is made of. */
export type DoneBookPorts = {
  readonly journal: DoneJournal;
  readonly clock: Clock;
  readonly log: LinkLog;
  /** One message and its reply; null when there is no connection, or none any more. */
  readonly request: (event: 'receipts', message: object) => Promise<unknown>;
  readonly onProgress: () => void;
};

/** The books of done commands: see `createDoneBook`. */
export type DoneBook = ReturnType<typeof createDoneBook>;

/**
 * Remembers which commands the platform acknowledged, and asks it again when the record turns out to be another one (a restored backup):
 * the desk is the only one that can tell what was done and is not in the record any more.
 */
export function createDoneBook({ journal, clock, log, request, onProgress }: DoneBookPorts) {
  let state = noDoneCommands;
  let appended = 0;
  let isAsking = false;
  const inTurn = createSerial();

  async function load(): Promise<void> {
    const records = (await journal.load()).map((record) => DoneRecord.parse(record));
    state = records.reduce(foldDone, noDoneCommands);
  }

  const keep = (record: DoneRecord) =>
    inTurn(async () => {
      state = foldDone(state, record);
      try {
        await journal.append(record);
        appended += 1;
        if (appended >= rewriteAfter) await rewrite();
      } catch (error) {
        // The command itself is safe on the platform; only this desk's memory of it ends with the process.
        log.error({ err: error }, 'what was done cannot be written down: a lost command might go unnoticed after a restart');
      }
    });

  async function rewrite(): Promise<void> {
    const { epoch, lost, done } = state;
    const head: DoneRecord[] = epoch === null ? [] : [{ kind: 'epoch', epoch, lost: [...lost] }];
    await journal.rewrite([...head, ...done.map((command): DoneRecord => ({ kind: 'done', command }))]);
    appended = 0;
  }

  /** The platform has done it. Resolves when that is written down. */
  async function note({ commandId, askedAtMs, command }: OutboxEntry): Promise<void> {
    await keep({ kind: 'done', command: { commandId, command: withoutText(command), askedAtMs, doneAtMs: clock.nowMs() } });
  }

  /** The platform speaks in this epoch. */
  async function epochIs(epoch: string): Promise<void> {
    if (state.epoch === epoch || isAsking) return;
    isAsking = true;
    const lost = state.epoch === null ? [] : await missing();
    isAsking = false;
    // Without a reply the next heads ask again.
    if (lost === null) return;
    if (lost.length > 0) log.error({ epoch, lost }, 'the record was set back: it does not know these commands any more');
    await keep({ kind: 'epoch', epoch, lost: [...lost] });
    onProgress();
  }

  /** Somebody has read which commands are lost and will see to it. */
  async function seen(commandIds: readonly CommandId[]): Promise<void> {
    await keep({ kind: 'seen', commandIds: [...commandIds] });
    onProgress();
  }

  async function missing(): Promise<readonly LostCommand[] | null> {
    const remembered = state.done.filter(({ doneAtMs }) => clock.nowMs() - doneAtMs < rememberedMs);
    if (remembered.length === 0) return [];
    const answer = await request('receipts', { commandIds: remembered.map(({ commandId }) => commandId) });
    if (answer === null) return null;
    const reply = ReceiptsReply.safeParse(answer);
    if (!reply.success) log.error({}, 'the platform does not say which commands it knows');
    const known = new Set<CommandId>(reply.success ? reply.data.known : remembered.map(({ commandId }) => commandId));
    return remembered.filter(({ commandId }) => !known.has(commandId));
  }

  return { load, note, epochIs, seen, lost: () => state.lost };
}
