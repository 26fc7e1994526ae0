import type { FrameChannel, LineEnd } from './channel.ts';

/** Wraps the port that a preload script handed over. */
export function toPortChannel(port: MessagePort): FrameChannel {
  const { promise: closed, resolve } = Promise.withResolvers<LineEnd>();
  // Chromium tells the page when the other end of a port is gone.
  port.addEventListener('close', () => resolve('lost'));
  port.start();
  return {
    send: (frame) => port.postMessage(frame),
    onFrame: (listener) => {
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(data);
      };
    },
    closed,
    close: () => {
      port.close();
      resolve('lost');
    },
  };
}
