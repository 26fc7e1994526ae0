import { createBirpc } from 'birpc';
import { z } from 'zod';
import { type Hello, type MethodName, type methodArguments, RoomEvent, type WindowMethods } from '#contract/bridge/index.ts';
import { type Randomness, refused, type Timers } from '#contract/values/index.ts';
import { type Answer, parseAnswer } from './answers.ts';
import type { Connector, FrameChannel } from './channel.ts';
import { reconnectDelayMs } from './reconnect.ts';

type Message<Name extends MethodName> = z.infer<(typeof methodArguments)[Name]>;

/** This window's line to main: asks, and hears what happens. Connects again for ever. */
export type Bridge = {
  /** Asks main. A lost line, a timeout or an answer of the wrong shape is a refusal (`room.windowCutOff`, `room.badAnswer`). */
  ask<Name extends MethodName>(name: Name, message: Message<Name>): Promise<Answer<Name>>;
  close(): void;
};

/** What a window does with what main tells it. */
export type BridgeListener = {
  /** After each connection: everything as it stands. What follows starts from exactly this. */
  onHello(hello: Hello): void;
  onEvents(events: readonly RoomEvent[]): void;
  /** A frame of positions or of a small picture, which was asked for (`nextPositions`, `followThumbnails`). */
  onBytes?(frame: Uint8Array): void;
  /** Another try follows. */
  onLost(): void;
  /** A newer page of this window took over; this one stays silent from now on. */
  onReplaced(): void;
};

type Remote = Record<string, (message: unknown) => Promise<unknown>>;
type Line = { call(name: string, message: unknown): Promise<unknown>; end(): void };

// A person waits at most this long for main, which answers from memory or says "queued".
const answerWithinMs = 15_000;

/** Opens the bridge and keeps it open until `close`. */
export function createBridge({
  connector,
  listener,
  timers,
  random,
}: {
  connector: Connector;
  listener: BridgeListener;
  timers: Timers;
  random: Randomness;
}): Bridge {
  let line: Line | null = null;
  let isClosed = false;
  const run = async () => {
    for (let attempt = 0; !isClosed; attempt += 1) {
      try {
        const channel = await connector.connect();
        const opened = openLine({ channel, isGreeted: () => line !== null, listener });
        try {
          const hello = await askHello(opened);
          line = opened;
          attempt = 0;
          listener.onHello(hello);
          if ((await channel.closed) === 'replaced') {
            isClosed = true;
            return listener.onReplaced();
          }
        } finally {
          line = null;
          opened.end();
        }
      } catch {
        // Told by onLost; what follows is another try.
      }
      listener.onLost();
      await new Promise<void>((resolve) => timers.afterMs(reconnectDelayMs({ attempt, random }), resolve));
    }
  };
  void run();
  return {
    ask: async (name, message) => {
      if (line === null) return refused('room.windowCutOff') as Answer<typeof name>;
      const asked = await answered(line.call(name, message));
      if (!asked.isAnswered) return refused('room.windowCutOff') as Answer<typeof name>;
      try {
        return parseAnswer(name, asked.answer);
      } catch {
        return refused('room.badAnswer', { method: name }) as Answer<typeof name>;
      }
    },
    close: () => {
      isClosed = true;
      line?.end();
    },
  };
}

async function askHello(line: Line): Promise<Hello> {
  const hello = parseAnswer('hello', await line.call('hello', {}));
  if (!hello.ok) throw new Error(hello.refusal.code);
  return hello.value;
}

async function answered(call: Promise<unknown>): Promise<{ isAnswered: true; answer: unknown } | { isAnswered: false }> {
  try {
    return { isAnswered: true, answer: await call };
  } catch {
    return { isAnswered: false };
  }
}

const RoomEvents = z.array(RoomEvent);

function openLine({ channel, isGreeted, listener }: { channel: FrameChannel; isGreeted(): boolean; listener: BridgeListener }): Line {
  const methods: WindowMethods = {
    roomEvents: (events) => {
      // Events follow the hello; one that is not understood means this window no longer knows the room: start again from a hello.
      if (!isGreeted()) return;
      const parsed = RoomEvents.safeParse(events);
      if (parsed.success) listener.onEvents(parsed.data);
      else channel.close();
    },
  };
  channel.onBytes((bytes) => {
    if (isGreeted()) listener.onBytes?.(bytes);
  });
  const rpc = createBirpc<Remote, WindowMethods, false>(methods, {
    proxify: false,
    timeout: answerWithinMs,
    post: (frame: string) => channel.send(frame),
    on: (receive) => channel.onFrame(receive),
    serialize: (message) => JSON.stringify(message),
    deserialize: (frame: string) => JSON.parse(frame) as unknown,
    // A frame that is no JSON is dropped; everything else (a timeout, a closed line) must reach the caller.
    onGeneralError: (error) => error instanceof SyntaxError,
  });
  void channel.closed.then(() => rpc.$close());
  return {
    call: (name, message) => rpc.$call(name, message),
    end: () => {
      rpc.$close();
      channel.close();
    },
  };
}
