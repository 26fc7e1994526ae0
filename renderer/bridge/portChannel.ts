import type { FrameChannel, LineEnd } from './channel.ts';

/** Wraps the port that a preload script handed over. */
export function toPortChannel(port: MessagePort): FrameChannel {
  const { promise: closed, resolve } = Promise.withResolvers<LineEnd>();
  let listener: ((frame: string) => void) | null = null;
  let bytesListener: ((bytes: Uint8Array) => void) | null = null;
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string') listener?.(data);
    else if (data instanceof Uint8Array) bytesListener?.(data);
  };
  // Chromium tells the page when the other end of a port is gone.
  port.addEventListener('close', () => resolve('lost'));
  port.start();
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (next) => {
      listener = next;
    },
    onBytes: (next) => {
      bytesListener = next;
    },
    closed,
    close: () => {
      port.close();
      resolve('lost');
    },
  };
}
