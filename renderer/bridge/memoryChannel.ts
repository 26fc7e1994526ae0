import type { FrameChannel, LineEnd } from './channel.ts';

type End = FrameChannel & { deliver(frame: string): void };

function openEnd({ closed, close }: { closed: Promise<LineEnd>; close(): void }): { end: End; joinTo(other: End): void } {
  let listener: ((frame: string) => void) | null = null;
  let other: End | null = null;
  let isOpen = true;
  void closed.then(() => {
    isOpen = false;
  });
  const end: End = {
    send: (frame) => queueMicrotask(() => other?.deliver(frame)),
    onFrame: (next) => {
      listener = next;
    },
    deliver: (frame) => {
      if (isOpen) listener?.(frame);
    },
    closed,
    close,
  };
  return { end, joinTo: (peer) => void (other = peer) };
}

/** Two ends of a line inside one process: the in-memory twin of the real channels, for tests. */
export function createChannelPair(): readonly [FrameChannel, FrameChannel] {
  const { promise: closed, resolve } = Promise.withResolvers<LineEnd>();
  const close = () => resolve('lost');
  const first = openEnd({ closed, close });
  const second = openEnd({ closed, close });
  first.joinTo(second.end);
  second.joinTo(first.end);
  return [first.end, second.end];
}
