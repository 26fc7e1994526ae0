import type { Socket } from 'socket.io';
import { CommandId, type DeskId } from '#contract/values/index.ts';
import type { FeedFact } from '#contract/record/index.ts';
import type { SignFor } from '../audit/index.ts';
import type { Log } from '../ports.ts';
import type { RecordView } from '../record/index.ts';
import {
  answerClock,
  answerCommand,
  answerQuestion,
  answerReceipts,
  answerShipment,
  type DeskIdentity,
  type DeskPorts,
  welcomeFor,
} from './desk.ts';
import { createMessageGate, type PassedMessage } from './messageGate.ts';
import { createFeedReader } from './reader.ts';

/** Packets that may wait in a connection's buffer before it counts as not draining. */
const maxUnsent = 256;
/** A desk that does not acknowledge a feed message for this long has lost it. Unit: ms. */
const ackWithinMs = 30_000;

/** One desk's connection, from its accepted handshake to its end. */
export function serveConnection({
  socket,
  deskId,
  ports,
  view,
  log,
}: {
  socket: Socket;
  deskId: DeskId;
  ports: DeskPorts;
  view: RecordView;
  log: Log;
}) {
  const judge = createMessageGate({ clock: ports.clock });
  let sessionId: string | null = null;
  const identity = (): DeskIdentity => ({ deskId, sessionId });
  const reader = createFeedReader({
    store: ports.store,
    view,
    log,
    wire: {
      feed: async (message) => void (await socket.timeout(ackWithinMs).emitWithAck('feed', message)),
      facts: (message) => void socket.emit('facts', message),
      hasRoom: () => unsentOf(socket) < maxUnsent,
    },
  });

  function welcome() {
    const message = welcomeFor(ports, identity());
    reader.setReadable(message.feeds);
    return message;
  }

  async function answer(passed: PassedMessage): Promise<object> {
    switch (passed.event) {
      case 'resume':
        void reader.resume(passed.message.places).catch((error: unknown) => log.debug({ err: error }, 'a resume ended early'));
        return { ok: true };
      case 'command':
        return await answerCommand(ports, { deskId, message: passed.message });
      case 'ship':
        return await answerShipment(ports, { deskId, message: passed.message });
      case 'attach':
        sessionId = passed.message.session === null ? null : (ports.access.signedIn(passed.message.session)?.sessionId ?? null);
        if (sessionId === null && passed.message.session !== null) socket.emit('sessionEnded', { code: 'access.sessionEnded' });
        return welcome();
      case 'ask':
        return answerQuestion(ports, { identity: identity(), question: passed.message });
      case 'receipts':
        return await answerReceipts(ports, passed.message);
      case 'clock':
        return answerClock(ports);
    }
  }

  socket.onAny((event: string, ...given: unknown[]) => {
    const verdict = judge(event, given);
    if (verdict.kind === 'strike') {
      log.warn({ why: verdict.why, isOver: verdict.isOver }, 'an unreadable message was refused');
      verdict.answer?.(unreadable(given[0]));
      if (verdict.isOver) socket.disconnect(true);
      return;
    }
    const { passed } = verdict;
    answer(passed).then(passed.answer, (error: unknown) => log.error({ err: error, event }, 'a message could not be answered'));
  });

  socket.emit('welcome', welcome());

  return {
    tell: (facts: readonly FeedFact[]) => reader.tell(facts),
    /** Says where the readable feeds end; dropped when the last ones have not gone out yet. */
    tellHeads: () => void socket.volatile.emit('heads', { platformNowMs: ports.clock.nowMs(), heads: reader.heads() }),
    /** The signed heads of this minute. Not volatile: they fall due together with plain heads, and the second of two would be dropped. */
    tellSigned(sign: SignFor): void {
      if (unsentOf(socket) < maxUnsent) socket.emit('signedHeads', sign(reader.heads()));
    },
    sessionsEnded(ended: readonly string[]): void {
      if (sessionId === null || !ended.includes(sessionId)) return;
      sessionId = null;
      socket.emit('sessionEnded', { code: 'access.sessionEnded' });
      socket.emit('welcome', welcome());
    },
    /** The territory tree has changed: a desk may read other feeds now. */
    rightsChanged: () => void socket.emit('welcome', welcome()),
  };
}

export type Connection = ReturnType<typeof serveConnection>;

function unsentOf(socket: Socket): number {
  return (socket.conn as unknown as { writeBuffer?: readonly unknown[] }).writeBuffer?.length ?? 0;
}

/** A refusal that a command's sender can match, where its id is readable. */
function unreadable(message: unknown): object {
  const id = CommandId.safeParse((message as { commandId?: unknown } | null)?.commandId);
  const refusal = { code: 'bus.badMessage' };
  return id.success ? { ok: false, commandId: id.data, refusal } : { ok: false, refusal };
}
