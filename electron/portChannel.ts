import type { MessagePortMain } from 'electron';
import { bridgeLimits } from '#contract/bridge/index.ts';
import { type Channel, createAnnouncer, createEnding } from '#main/shell/index.ts';

/** One side of a MessagePort as main's Channel. A frame that is no text, or longer than the bridge allows, ends it unread. */
export function openPortChannel(port: MessagePortMain): Channel {
  const frames = createAnnouncer<string>();
  const closed = createEnding<void>();
  let isClosed = false;
  const close = () => {
    if (isClosed) return;
    isClosed = true;
    port.close();
    closed.tell();
  };
  port.on('message', ({ data }) => {
    if (isClosed) return;
    if (typeof data === 'string' && Buffer.byteLength(data) <= bridgeLimits.toMainBytes) frames.tell(data);
    else close();
  });
  port.on('close', close);
  port.start();
  return {
    send(frame) {
      if (!isClosed) port.postMessage(frame);
    },
    sendBytes(bytes) {
      // A copy of just these bytes: a clone would take along the whole buffer that they lie in.
      if (!isClosed) port.postMessage(new Uint8Array(bytes));
    },
    undrainedBytes: () => 0, // a MessagePort does not tell
    onFrame: frames.listen,
    onClosed: closed.listen,
    close,
  };
}
