import { CommandReply } from '#contract/bus/index.ts';
import type { CameraCommand } from '#contract/cameras/index.ts';
import { type CommandId, type Clock, granted, type PersonId, type Refusal, type Result, refused } from '#contract/values/index.ts';
import {
  compactOutbox,
  emptyOutbox,
  foldOutbox,
  maxWaitingCommands,
  nextStep,
  type Outbox,
  type OutboxEntry,
  OutboxRecord,
} from './outbox.ts';
import type { LinkLog, OutboxJournal } from './ports.ts';
import { createPump } from './pump.ts';
import { createSerial } from './serial.ts';

/** What came of a command: `refusal` null = done. Codes are the platform's, or `link.expired` (never left the desk in time). */
export type CommandSettled = { readonly commandId: CommandId; readonly refusal: Refusal | null };

/** The person whose commands may be sent now. */
export type AttachedPerson = { readonly personId: PersonId; readonly session: string };

/** What the outbox's sender is made of. */
export type SenderPorts = {
  readonly journal: OutboxJournal;
  readonly clock: Clock;
  readonly log: LinkLog;
  /** One message and its reply; null when there is no connection, or none any more. */
  readonly request: (event: 'command', message: object) => Promise<unknown>;
  /** Null while nobody's commands may be sent. */
  readonly person: () => AttachedPerson | null;
  readonly onSettled: (settled: CommandSettled) => void;
  readonly onProgress: () => void;
};

/** Journal records after which it is rewritten short. */
const rewriteAfter = 1_000;

/** The writing half: see `createSender`. */
export type Sender = ReturnType<typeof createSender>;

/** The writing half of a link: one command at a time, asked for again after every reconnect until it is replied to. */
export function createSender({ journal, clock, log, request, person, onSettled, onProgress }: SenderPorts) {
  let outbox: Outbox = emptyOutbox;
  let appended = 0;
  const inTurn = createSerial();
  const pump = createPump(pumpAll, (error) => log.error({ err: error }, 'the outbox stopped: it goes on at the next change'));

  async function load(): Promise<void> {
    const records = (await journal.load()).map((record) => OutboxRecord.parse(record));
    outbox = records.reduce(foldOutbox, emptyOutbox);
    appended = records.length;
    onProgress();
  }

  const keep = (record: OutboxRecord) => inTurn(() => keepNow(record));

  // In turn, so that a rewrite never leaves out what is just being appended.
  async function keepNow(record: OutboxRecord): Promise<void> {
    await journal.append(record);
    outbox = foldOutbox(outbox, record);
    appended += 1;
    if (appended < rewriteAfter) return;
    const records = compactOutbox(outbox);
    await journal.rewrite(records);
    appended = records.length;
  }

  /** Takes a command into the outbox: on the disk when this resolves, sent as soon as there is a connection. */
  async function queue(asked: { commandId: CommandId; personId: PersonId; command: CameraCommand }): Promise<Result<null>> {
    if (outbox.entries.length >= maxWaitingCommands) return refused('link.outboxFull', { waiting: outbox.entries.length });
    try {
      await keep({ kind: 'queued', entry: { ...asked, askedAtMs: clock.nowMs(), deskSeq: null } });
    } catch (error) {
      log.error({ err: error }, 'the outbox cannot be written: the command is refused');
      return refused('link.outboxReadOnly');
    }
    onProgress();
    pump();
    return granted(null);
  }

  /** Sends what may be sent, oldest first. */
  async function pumpAll(): Promise<void> {
    for (let attached = person(); attached !== null; attached = person()) {
      const step = nextStep(outbox, { personId: attached.personId, nowMs: clock.nowMs() });
      if (step === null) return;
      if (step.kind === 'expire') await settle({ commandId: step.entry.commandId, refusal: { code: 'link.expired' } });
      else if (!(await send({ ...step, attached }))) return;
    }
  }

  async function send({ entry, deskSeq, attached }: { entry: OutboxEntry; deskSeq: number; attached: AttachedPerson }): Promise<boolean> {
    const { commandId, askedAtMs, command } = entry;
    if (entry.deskSeq === null) await keep({ kind: 'sending', commandId, deskSeq });
    const answer = await request('command', { commandId, deskSeq, session: attached.session, askedAtMs, command });
    if (answer === null) return false;
    const reply = CommandReply.safeParse(answer);
    if (!reply.success || reply.data.commandId !== commandId) {
      log.error({ commandId }, 'the reply to a command is unreadable');
      await settle({ commandId, refusal: { code: 'link.badReply' } });
      return true;
    }
    // An ended session says nothing about the command: it stays until its person is back.
    if (!reply.data.ok && reply.data.refusal.code === 'access.sessionEnded') return false;
    await settle({ commandId, refusal: reply.data.ok ? null : toRefusal(reply.data.refusal) });
    return true;
  }

  async function settle(settled: CommandSettled): Promise<void> {
    await keep({ kind: 'settled', commandId: settled.commandId });
    onSettled(settled);
    onProgress();
  }

  return { load, queue, pump, waiting: () => outbox.entries.length };
}

function toRefusal({ code, params }: { code: string; params?: Record<string, string | number> | undefined }): Refusal {
  return params === undefined ? { code } : { code, params };
}
