import type { Socket } from 'socket.io';
import { busSurfaces } from '#contract/access/index.ts';
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
  directoryTo,
  readerAt,
  welcomeFor,
} from './desk.ts';
import { createMessageGate, type PassedMessage } from './messageGate.ts';
import { createFeedReader, type ReaderWire } from './reader.ts';

/** Packets that may wait in a connection's buffer before it counts as not draining. */
const maxUnsent = 256;
/** Answers too, then: more questions than this without listening is nobody's way to work. */
const maxUnanswered = 2_000;
/** A desk that does not acknowledge a feed message for this long has lost it. Unit: ms. */
const ackWithinMs = 30_000;
/** What is said anew in a moment (heads, positions) is left out while so many packets or bytes wait: enough for what falls due at the same time. */
const lossyRoom = { packets: 8, bytes: 64 * 1024 } as const;

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
  let readableFeeds = '';
  const tellDirectory = directoryTeller({ socket, deskId, ports });
  const identity = (): DeskIdentity => ({ deskId, sessionId });
  const reader = createFeedReader({ store: ports.store, view, log, wire: wireOf(socket) });

  // Not Socket.IO's `volatile`: that drops whatever is told in the same turn as something else.
  const hasLossyRoom = () => unsentOf(socket) < lossyRoom.packets && unsentBytesOf(socket) < lossyRoom.bytes;
  const following = ports.positions.follow({
    actor: () => readerAt(ports, identity()),
    send: (frame) => void socket.emit('positions', frame),
    hasRoom: hasLossyRoom,
  });
  socket.on('disconnect', () => following.end());
  // A camera that somebody turns from here must not turn on because the line is gone.
  socket.on('disconnect', () => ports.steering.lineLost(deskId));

  function welcome() {
    const message = welcomeFor(ports, identity());
    following.sendWhole();
    reader.setReadable(message.feeds);
    readableFeeds = message.feeds.join(' ');
    return message;
  }

  /** A desk that nothing of the new revision concerns is told nothing: a word without news would tell it that others have some. */
  function directoryChanged(): void {
    if (welcomeFor(ports, identity()).feeds.join(' ') !== readableFeeds) socket.emit('welcome', welcome());
    tellDirectory();
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
        if (sessionId === null && passed.message.session !== null) attachRefused(passed.message.session);
        return welcome();
      case 'ask':
        return await answerQuestion(ports, { identity: identity(), question: passed.message });
      case 'receipts':
        return await answerReceipts(ports, { deskId, message: passed.message });
      case 'clock':
        return answerClock(ports);
      case 'positions':
        following.sendWhole();
        return { ok: true };
    }
  }

  /** A session that is none any more, or not yet: its desk is told which. */
  function attachRefused(session: string): void {
    const standing = ports.access.standing(session);
    const code = standing.kind === 'passwordDue' ? 'access.passwordChangeRequired' : 'access.sessionEnded';
    const personId = standing.kind === 'ended' ? null : standing.signedIn.person.personId;
    ports.onCommandRefused({ deskId, personId, commandType: 'attach', code });
    socket.emit('sessionEnded', { code });
  }

  function cutOff(): void {
    log.warn('a desk that does not read was cut off');
    // A polite end would wait until everything is read.
    (socket.conn.transport as unknown as { socket: { terminate(): void } }).socket.terminate();
  }

  socket.onAny((event: string, ...given: unknown[]) => {
    const verdict = judge(event, given);
    if (verdict.kind === 'strike') {
      log.warn({ why: verdict.why, isOver: verdict.isOver }, 'an unreadable message was refused');
      const personId = sessionId === null ? null : (ports.access.signedInById(sessionId)?.person.personId ?? null);
      ports.onCommandRefused({
        deskId,
        personId,
        commandType: Object.hasOwn(busSurfaces, event) ? event : 'unknown',
        code: 'bus.badMessage',
      });
      verdict.answer?.(unreadable(given[0]));
      if (verdict.isOver) socket.disconnect(true);
      return;
    }
    // Answers pile up for somebody who asks and does not listen.
    if (unsentOf(socket) > maxUnanswered) return cutOff();
    const { passed } = verdict;
    answer(passed).then(passed.answer, (error: unknown) => log.error({ err: error, event }, 'a message could not be answered'));
  });

  socket.emit('welcome', welcome());
  tellDirectory();

  return {
    /** Whom to send to what `take` gave. */
    socketId: socket.id,
    take: (facts: readonly FeedFact[]) => reader.take(facts),
    /** Says where the readable feeds end; left out when much has not gone out yet. */
    tellHeads: () => void (hasLossyRoom() && socket.emit('heads', { platformNowMs: ports.clock.nowMs(), heads: reader.heads() })),
    /** The signed heads of this minute; nobody says them again. */
    tellSigned(sign: SignFor): void {
      if (unsentOf(socket) < maxUnsent) socket.emit('signedHeads', sign(reader.heads()));
    },
    sessionsEnded(ended: readonly string[]): void {
      if (sessionId === null || !ended.includes(sessionId)) return;
      sessionId = null;
      socket.emit('sessionEnded', { code: 'access.sessionEnded' });
      socket.emit('welcome', welcome());
    },
    directoryChanged,
  };
}

export type Connection = ReturnType<typeof serveConnection>;

function wireOf(socket: Socket): ReaderWire {
  return {
    feed: async (message) => void (await socket.timeout(ackWithinMs).emitWithAck('feed', message)),
    facts: (message) => void socket.emit('facts', message),
    hasRoom: () => unsentOf(socket) < maxUnsent,
  };
}

/** Tells the revision of the directory that this workstation's pages have, each once. */
function directoryTeller({ socket, deskId, ports }: { socket: Socket; deskId: DeskId; ports: DeskPorts }): () => void {
  let lastRevision: number | null = null;
  return () => {
    const told = directoryTo(ports, deskId);
    if (told === null || told.revision === lastRevision) return;
    lastRevision = told.revision;
    socket.emit('directory', told);
  };
}

function unsentOf(socket: Socket): number {
  return (socket.conn as unknown as { writeBuffer?: readonly unknown[] }).writeBuffer?.length ?? 0;
}

/** What the operating system has not taken over yet: it grows when nobody reads at the other end. */
function unsentBytesOf(socket: Socket): number {
  return (socket.conn.transport as unknown as { socket?: { bufferedAmount?: number } }).socket?.bufferedAmount ?? 0;
}

/** A refusal that a command's sender can match, where its id is readable. */
function unreadable(message: unknown): object {
  const id = CommandId.safeParse((message as { commandId?: unknown } | null)?.commandId);
  const refusal = { code: 'bus.badMessage' };
  return id.success ? { ok: false, commandId: id.data, refusal } : { ok: false, refusal };
}
