/** One RTSP message: a request or a reply. Header names as they came; their order is kept. */
export type RtspMessage = {
  readonly startLine: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
};

/** What a piece of an RTSP connection held: messages, and media frames between them, in order. */
export type RtspEvent =
  | { readonly kind: 'message'; readonly message: RtspMessage }
  /** One or more whole interleaved frames, with their headers. */
  | { readonly kind: 'frames'; readonly bytes: Buffer }
  /** This is not RTSP. Nothing is read any more. */
  | { readonly kind: 'garbage' };

const maxHeadBytes = 16 * 1024;
const maxBodyBytes = 256 * 1024;
const frameMark = 0x24;

/** Reads one direction of an RTSP connection; what is not whole waits for the next piece. */
export function createRtspReader() {
  let pending: Buffer = Buffer.alloc(0);
  let isGarbage = false;

  return {
    push(chunk: Buffer): readonly RtspEvent[] {
      if (isGarbage) return [];
      const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
      const events: RtspEvent[] = [];
      let at = 0;
      for (;;) {
        const end = endOfFrames(bytes, at);
        if (end > at) events.push({ kind: 'frames', bytes: bytes.subarray(at, end) });
        at = end;
        if (at >= bytes.length || bytes[at] === frameMark) break;
        const read = readMessage(bytes, at);
        if (read === 'more') break;
        if (read === 'garbage') {
          isGarbage = true;
          return [...events, { kind: 'garbage' }];
        }
        events.push({ kind: 'message', message: read.message });
        at = read.end;
      }
      pending = bytes.subarray(at);
      return events;
    },
  };
}

/** The end of the whole frames that begin at `from`; `from` itself when there is none. */
function endOfFrames(bytes: Buffer, from: number): number {
  let at = from;
  while (at + 4 <= bytes.length && bytes[at] === frameMark) {
    const end = at + 4 + bytes.readUInt16BE(at + 2);
    if (end > bytes.length) break;
    at = end;
  }
  return at;
}

function readMessage(bytes: Buffer, from: number): { message: RtspMessage; end: number } | 'more' | 'garbage' {
  // Every start line begins with a letter; what does not will never become one.
  if (!/[A-Za-z\r\n]/.test(String.fromCharCode(bytes[from] ?? 0))) return 'garbage';
  const headEnd = bytes.indexOf('\r\n\r\n', from);
  if (headEnd === -1) return bytes.length - from > maxHeadBytes ? 'garbage' : 'more';
  if (headEnd - from > maxHeadBytes) return 'garbage';
  const [startLine = '', ...lines] = bytes
    .toString('latin1', from, headEnd)
    .replace(/^(\r\n)+/, '')
    .split('\r\n');
  if (!/^(RTSP\/\d\.\d \d{3}\b|[A-Z_]+ \S+ RTSP\/\d\.\d$)/.test(startLine)) return 'garbage';
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
  });
  const length = Number(headerOf(headers, 'content-length') ?? '0');
  if (!Number.isInteger(length) || length < 0 || length > maxBodyBytes) return 'garbage';
  const bodyAt = headEnd + 4;
  if (bytes.length < bodyAt + length) return 'more';
  return { message: { startLine, headers, body: bytes.subarray(bodyAt, bodyAt + length) }, end: bodyAt + length };
}

/** The first header of a name, which is given in lower case. */
export function headerOf(headers: RtspMessage['headers'], name: string): string | null {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1] ?? null;
}

/** A message as it goes over the wire; its length is counted here. */
export function writeMessage({ startLine, headers, body }: RtspMessage): Buffer {
  const kept = headers.filter(([name]) => name.toLowerCase() !== 'content-length');
  const sized = body.length === 0 ? kept : [...kept, ['Content-Length', String(body.length)] as const];
  const head = `${[startLine, ...sized.map(([name, value]) => `${name}: ${value}`)].join('\r\n')}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}
