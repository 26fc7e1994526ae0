import { BridgeOpened, type BridgeOpening } from '#contract/bridge/index.ts';
import type { FrameChannel, LineEnd } from './channel.ts';

/** Main closes the socket with this code when it does not take the opening (contract/bridge, handover). */
export const openingRefusedCode = 4401;

/** Main closes with this code when a newer page of the same window took over: this one must not fight it. */
export const replacedCode = 4409;

/** What came of one try to open the bridge socket. */
export type SocketOpening =
  | { readonly kind: 'opened'; readonly channel: FrameChannel; readonly token: string }
  | { readonly kind: 'openingRefused' }
  | { readonly kind: 'unreachable' };

/** Connects, sends the opening as first frame and waits for main's answer; what follows on the socket is RPC. */
export function openBridgeSocket({ url, opening }: { url: string; opening: BridgeOpening }): Promise<SocketOpening> {
  const socket = new WebSocket(url);
  const { promise: closed, resolve: tellClosed } = Promise.withResolvers<LineEnd>();
  let listener: ((frame: string) => void) | null = null;
  let bytesListener: ((bytes: Uint8Array) => void) | null = null;
  socket.binaryType = 'arraybuffer';
  const channel: FrameChannel = {
    send: (frame) => socket.send(frame),
    onFrame: (next) => {
      listener = next;
    },
    onBytes: (next) => {
      bytesListener = next;
    },
    closed,
    close: () => socket.close(),
  };
  return new Promise((resolve) => {
    let isOpened = false;
    socket.onopen = () => socket.send(JSON.stringify(opening));
    socket.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer && isOpened) return bytesListener?.(new Uint8Array(data));
      if (typeof data !== 'string') return;
      if (isOpened) return listener?.(data);
      const answer = readAnswer(data);
      if (answer === null) return socket.close();
      isOpened = true;
      resolve({ kind: 'opened', channel, token: answer.token });
    };
    socket.onclose = ({ code }) => {
      tellClosed(code === replacedCode ? 'replaced' : 'lost');
      resolve(code === openingRefusedCode ? { kind: 'openingRefused' } : { kind: 'unreachable' });
    };
  });
}

function readAnswer(text: string): BridgeOpened | null {
  try {
    return BridgeOpened.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
