import { io, type Socket } from 'socket.io-client';
import { v7 as newUuid } from 'uuid';
import { WebSocket } from 'ws';
import { busPath, type Handshake } from '#contract/bus/index.ts';

/** Commands in flight per connection, and how many cameras each connection speaks of. */
const window = 32;
export const camerasPerLine = 25;

/** One connection that commands go through; the same on every side. */
export type PumpLine = {
  /** Sends one command; resolves with whether it was granted. */
  send(message: object): Promise<boolean>;
  /** Tells a plain server that this was all. */
  finish(): void;
  close(): void;
};

/** A line into the platform, as a desk of its own. */
export async function openBusLine({ url, handshake }: { url: string; handshake: Handshake }): Promise<PumpLine> {
  const line = await overSocketIo(io(url, { path: busPath, transports: ['websocket'], forceNew: true, auth: handshake }));
  // The platform's desks know by their positions that they have everything.
  return { ...line, finish: () => {} };
}

/** A line into the bare Socket.IO server. */
export async function openPlainLine(url: string): Promise<PumpLine> {
  return await overSocketIo(io(url, { transports: ['websocket'], forceNew: true }));
}

async function overSocketIo(socket: Socket): Promise<PumpLine> {
  await new Promise<void>((resolve, reject) => {
    socket.on('connect', resolve);
    socket.on('connect_error', reject);
  });
  return {
    send: async (message) => ((await socket.emitWithAck('command', message)) as { ok: boolean }).ok,
    finish: () => void socket.emit('finish'),
    close: () => void socket.disconnect(),
  };
}

/** A line into the bare ws server. */
export async function openBareLine(url: string): Promise<PumpLine> {
  const socket = new WebSocket(url);
  const pending = new Map<string, (isGranted: boolean) => void>();
  socket.on('message', (bytes: Buffer) => {
    const { ok, commandId } = JSON.parse(bytes.toString('utf8')) as { ok: boolean; commandId: string };
    pending.get(commandId)?.(ok);
    pending.delete(commandId);
  });
  await new Promise<void>((resolve) => socket.on('open', () => resolve()));
  return {
    send: (message) =>
      new Promise((resolve) => {
        pending.set((message as { commandId: string }).commandId, resolve);
        socket.send(JSON.stringify(message));
      }),
    finish: () => socket.send(JSON.stringify({ finish: true })),
    close: () => socket.close(),
  };
}

/** When each command left, ns of the machine's monotonic clock. */
export type Sent = ReadonlyMap<string, number>;

/** Commands in turn through several lines, so many in flight on each; they keep counting from one pumping to the next. */
export function createPump({ lines, session, firstCamera = 0 }: { lines: readonly PumpLine[]; session: string; firstCamera?: number }) {
  let sentBefore = 0;

  function messageFor(line: number, turn: number) {
    const cameraId = `no-c${firstCamera + line * camerasPerLine + (turn % camerasPerLine)}`;
    const isReport = Math.floor(turn / camerasPerLine) % 2 === 0;
    const command = isReport ? { type: 'cameras.reportFault', cameraId, fault: 'blurred' } : { type: 'cameras.clearFault', cameraId };
    return { commandId: newUuid(), deskSeq: turn + 1, session, askedAtMs: Date.now(), command };
  }

  async function pumpLine({ line, index, count, sent }: { line: PumpLine; index: number; count: number; sent: Map<string, number> }) {
    let turn = sentBefore;
    const end = turn + count;
    const runner = async () => {
      while (turn < end) {
        const message = messageFor(index, turn);
        turn += 1;
        sent.set(message.commandId, Number(process.hrtime.bigint()));
        if (!(await line.send(message))) throw new Error(`the command ${message.commandId} was refused`);
      }
    };
    await Promise.all(Array.from({ length: window }, runner));
  }

  return async function pump(count: number): Promise<Sent> {
    const sent = new Map<string, number>();
    const perLine = Math.floor(count / lines.length);
    await Promise.all(lines.map((line, index) => pumpLine({ line, index, count: perLine, sent })));
    sentBefore += perLine;
    lines[0]?.finish();
    return sent;
  };
}
