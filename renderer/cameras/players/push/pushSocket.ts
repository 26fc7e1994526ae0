import { decodePiece, type PushNotice, type PushPiece, type PushRequest, readPushNotice } from '#contract/cameras/index.ts';

/** One socket to a gateway: all pictures of this window that it serves. */
export type PushSocket = { send(request: PushRequest): void; close(): void };

/** Connects; requests are kept until the socket is open. What is neither a notice nor a piece is dropped. */
export function openPushSocket({
  url,
  hello,
  onNotice,
  onPiece,
  onClosed,
}: {
  url: string;
  hello: PushRequest;
  onNotice: (notice: PushNotice) => void;
  onPiece: (piece: PushPiece) => void;
  onClosed: () => void;
}): PushSocket {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  const waiting: PushRequest[] = [hello];
  socket.onopen = () => {
    for (const request of waiting.splice(0)) socket.send(JSON.stringify(request));
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (data instanceof ArrayBuffer) {
      const piece = decodePiece(new Uint8Array(data));
      if (piece !== null) onPiece(piece);
      return;
    }
    const notice = typeof data === 'string' ? readNotice(data) : null;
    if (notice !== null) onNotice(notice);
  };
  socket.onclose = onClosed;
  return {
    send: (request) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(request));
      else if (socket.readyState === WebSocket.CONNECTING) waiting.push(request);
    },
    close: () => socket.close(),
  };
}

function readNotice(text: string): PushNotice | null {
  try {
    return readPushNotice(JSON.parse(text));
  } catch {
    return null;
  }
}
