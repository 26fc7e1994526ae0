import { cameraOf, CommandReply, type DeskCommand, hasText } from '#contract/bus/index.ts';
import type { WaitingCommands } from '#contract/bridge/index.ts';
import {
  type CommandId,
  type Clock,
  granted,
  type PersonId,
  type Refusal,
  type Result,
  refused,
  type Timers,
} from '#contract/values/index.ts';
import {
  compactOutbox,
  emptyOutbox,
  foldOutbox,
  lookedAt,
  maxWaitingCommands,
  type Outbox,
  type OutboxEntry,
  OutboxRecord,
} from './outbox.ts';
import { nextStep, nextTooOldMs, type OutboxView, waitingFor, whyWaits } from './outboxOrder.ts';
import type { LinkLog, OutboxJournal } from './ports.ts';
import { createPump } from './pump.ts';
import { createSerial } from './serial.ts';

/** What came of a command: `refusal` null = done. Codes are the platform's, or `link.discarded` (never left the desk, by its person's word). */
export type CommandSettled = { readonly commandId: CommandId; readonly refusal: Refusal | null };

/** The person whose commands may be sent now. */
export type AttachedPerson = { readonly personId: PersonId; readonly session: string };

/** What the outbox's sender is made of. */
export type SenderPorts = {
  readonly journal: OutboxJournal;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: LinkLog;
  /** One message and its reply; null when there is no connection, or none any more. */
  readonly request: (event: 'command', message: object) => Promise<unknown>;
  /** Null while nobody's commands may be sent. */
  readonly person: () => AttachedPerson | null;
  /** Version of what a command changes, as the record has it here; null = not known. */
  readonly versionOf: (command: DeskCommand) => number | null;
  /** The platform has done it; its entry leaves the outbox when this resolves. */
  readonly onDone: (entry: OutboxEntry) => Promise<void>;
  readonly onSettled: (settled: CommandSettled) => void;
  readonly onProgress: () => void;
};

/** Journal records after which it is rewritten short. */
const rewriteAfter = 1_000;

/** A command as it is asked for; `personName` is told to others who see it waiting. */
export type QueuedCommand = {
  readonly commandId: CommandId;
  readonly personId: PersonId;
  readonly personName?: string;
  readonly command: DeskCommand;
};

/** What a person says about his entry that does not go by itself. */
export type WaitingWord = { readonly commandId: CommandId; readonly personId: PersonId; readonly word: 'send' | 'discard' };

/** The writing half: see `createSender`. */
export type Sender = ReturnType<typeof createSender>;

/** The writing half of a link: one command at a time, asked for again after every reconnect until it is replied to. */
export function createSender({ journal, clock, timers, log, request, person, versionOf, onDone, onSettled, onProgress }: SenderPorts) {
  let outbox: Outbox = emptyOutbox;
  let appended = 0;
  let cancelTooOld = () => {};
  let isClosed = false;
  const view = (): OutboxView => ({ nowMs: clock.nowMs(), versionOf });
  const inTurn = createSerial();
  const pump = createPump(pumpAll, (error) => log.error({ err: error }, 'the outbox stopped: it goes on at the next change'));

  async function load(): Promise<void> {
    const records = (await journal.load()).map((record) => OutboxRecord.parse(record));
    outbox = records.reduce(foldOutbox, emptyOutbox);
    appended = records.length;
    const isTextOver = records.some(
      (record) => record.kind === 'queued' && hasText(record.entry.command) && !outbox.entries.some(isSame(record.entry)),
    );
    // The process ended between the reply and the rewrite.
    if (isTextOver) await inTurn(rewrite);
    progress();
  }

  /** What waits may have changed; it will change by itself when the next entry becomes too old. */
  function progress(): void {
    cancelTooOld();
    const nowMs = clock.nowMs();
    const dueMs = nextTooOldMs(outbox, nowMs);
    cancelTooOld = dueMs === null || isClosed ? () => {} : timers.afterMs(dueMs - nowMs, progress);
    onProgress();
  }

  const keep = (record: OutboxRecord) => inTurn(() => keepNow(record));

  // In turn, so that a rewrite never leaves out what is just being appended.
  async function keepNow(record: OutboxRecord): Promise<void> {
    await journal.append(record);
    const before = outbox;
    outbox = foldOutbox(outbox, record);
    appended += 1;
    // What somebody wrote about people is not left lying in the lines of commands that are over.
    const isTextOver = before.entries.some((entry) => hasText(entry.command) && !outbox.entries.some(isSame(entry)));
    if (appended >= rewriteAfter || isTextOver) await rewrite();
  }

  async function rewrite(): Promise<void> {
    const records = compactOutbox(outbox);
    await journal.rewrite(records);
    appended = records.length;
  }

  /** Takes a command into the outbox: on the disk when this resolves, sent as soon as there is a connection. */
  async function queue(asked: QueuedCommand): Promise<Result<null>> {
    if (outbox.entries.length >= maxWaitingCommands) return refused('link.outboxFull', { waiting: outbox.entries.length });
    try {
      const here = versionOf(asked.command);
      const askedAtMs = clock.nowMs();
      // What own commands have reached is reckoned when it is this one's turn: a reply may be written down before it.
      await inTurn(() => keepNow({ kind: 'queued', entry: { ...asked, ...seen({ ...asked, here }), askedAtMs, deskSeq: null } }));
    } catch (error) {
      log.error({ err: error }, 'the outbox cannot be written: the command is refused');
      return refused('link.outboxReadOnly');
    }
    progress();
    pump();
    return granted(null);
  }

  function seen({ personId, command, here }: { personId: PersonId; command: DeskCommand; here: number | null }) {
    const cameraId = cameraOf(command);
    return here === null || cameraId === null ? {} : { lookedAtVersion: lookedAt(outbox, { personId, cameraId, here }) };
  }

  /** The platform speaks in this epoch: after another one, what was seen and reached before means nothing. */
  async function epochIs(epoch: string): Promise<void> {
    if (outbox.epoch === epoch) return;
    try {
      await keep({ kind: 'epoch', epoch });
    } catch (error) {
      log.error({ err: error }, 'the outbox cannot be written: it is tried again with the next heads');
    }
    progress();
  }

  /** Takes its person's word about an entry that was never sent. Somebody else's, a sent one and none at all are the same refusal. */
  async function settleWaiting({ commandId, personId, word }: WaitingWord): Promise<Result<null>> {
    const isHis = outbox.entries.some((entry) => entry.commandId === commandId && entry.personId === personId && entry.deskSeq === null);
    if (!isHis) return refused('link.notWaiting');
    try {
      await inTurn(async () => {
        // Sent meanwhile: only its reply tells what came of it.
        const entry = outbox.entries.find((one) => one.commandId === commandId && one.deskSeq === null);
        if (entry === undefined) return;
        await keepNow({ kind: 'word', commandId, word, atMs: clock.nowMs(), ...seen({ ...entry, here: versionOf(entry.command) }) });
        log.info({ commandId, word }, 'a waiting command was settled by its person');
        if (word === 'discard') onSettled({ commandId, refusal: { code: 'link.discarded' } });
      });
    } catch (error) {
      log.error({ err: error }, 'the outbox cannot be written: the word is refused');
      return refused('link.outboxReadOnly');
    }
    progress();
    pump();
    return granted(null);
  }

  /** Sends what may be sent, oldest first. */
  async function pumpAll(): Promise<void> {
    for (let attached = person(); attached !== null; attached = person()) {
      const step = nextStep(outbox, { personId: attached.personId, ...view() });
      if (step === null) return progress();
      if (!(await send({ ...step, attached }))) return;
    }
  }

  async function send({ entry, deskSeq, attached }: { entry: OutboxEntry; deskSeq: number; attached: AttachedPerson }): Promise<boolean> {
    if (entry.deskSeq === null && !(await isMarkedAsSending(entry, deskSeq))) return true;
    const { commandId, askedAtMs, lookedAtVersion, command } = entry;
    const looked = lookedAtVersion === undefined ? {} : { lookedAtVersion };
    const answer = await request('command', { commandId, deskSeq, session: attached.session, askedAtMs, ...looked, command });
    if (answer === null) return false;
    const reply = CommandReply.safeParse(answer);
    if (!reply.success || reply.data.commandId !== commandId) {
      log.error({ commandId }, 'the reply to a command is unreadable');
      await settle({ commandId, refusal: { code: 'link.badReply' } });
      return true;
    }
    // Before the entry goes: after a crash in between the same reply comes again.
    if (reply.data.ok) await onDone(entry);
    // An ended session says nothing about the command: it stays until its person is back.
    if (!reply.data.ok && reply.data.refusal.code === 'access.sessionEnded') return false;
    if (reply.data.ok) await settle({ commandId, refusal: null }, { factCount: reply.data.factCount });
    else await settle({ commandId, refusal: toRefusal(reply.data.refusal) });
    return true;
  }

  /** False when a word or the time came in between: it is looked at anew. */
  function isMarkedAsSending(entry: OutboxEntry, deskSeq: number): Promise<boolean> {
    return inTurn(async () => {
      if (!outbox.entries.includes(entry) || whyWaits(outbox, entry, view()) !== 'queued') return false;
      await keepNow({ kind: 'sending', commandId: entry.commandId, deskSeq });
      return true;
    });
  }

  async function settle(settled: CommandSettled, { factCount }: { factCount?: number } = {}): Promise<void> {
    await keep({ kind: 'settled', commandId: settled.commandId, ...(factCount === undefined ? {} : { factCount }) });
    onSettled(settled);
    progress();
  }

  return {
    load,
    queue,
    settleWaiting,
    epochIs,
    pump,
    waiting: () => outbox.entries.length,
    waitingFor: (personId: PersonId | null): WaitingCommands => waitingFor(outbox, { personId, ...view() }),
    close: () => {
      isClosed = true;
      cancelTooOld();
    },
  };
}

function toRefusal({ code, params }: { code: string; params?: Record<string, string | number> | undefined }): Refusal {
  return params === undefined ? { code } : { code, params };
}

function isSame({ commandId }: OutboxEntry): (other: OutboxEntry) => boolean {
  return (other) => other.commandId === commandId;
}
