import type { FrameChannel, LineEnd } from './channel.ts';

type End = FrameChannel & { sendBytes(bytes: Uint8Array): void; deliver(frame: string | Uint8Array): void };

function openEnd({ closed, close }: { closed: Promise<LineEnd>; close(): void }): { end: End; joinTo(other: End): void } {
  let listener: ((frame: string) => void) | null = null;
  let bytesListener: ((bytes: Uint8Array) => void) | null = null;
  let other: End | null = null;
  let isOpen = true;
  void closed.then(() => {
    isOpen = false;
  });
  const end: End = {
    send: (frame) => queueMicrotask(() => other?.deliver(frame)),
    sendBytes: (bytes) => queueMicrotask(() => other?.deliver(bytes)),
    onFrame: (next) => {
      listener = next;
    },
    onBytes: (next) => {
      bytesListener = next;
    },
    deliver: (frame) => {
      if (!isOpen) return;
      if (typeof frame === 'string') listener?.(frame);
      else bytesListener?.(frame);
    },
    closed,
    close,
  };
  return { end, joinTo: (peer) => void (other = peer) };
}

/** Two ends of a line inside one process: the in-memory twin of the real channels, for tests. */
export function createChannelPair(): readonly [FrameChannel, FrameChannel & Pick<End, 'sendBytes'>] {
  const { promise: closed, resolve } = Promise.withResolvers<LineEnd>();
  const close = () => resolve('lost');
  const first = openEnd({ closed, close });
  const second = openEnd({ closed, close });
  first.joinTo(second.end);
  second.joinTo(first.end);
  return [first.end, second.end];
}
