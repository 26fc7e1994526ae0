import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';

/** One conversation with the browser (no session) or with one page of it (a flattened session). */
export type CdpSession = {
  /** Asks and parses the reply. Rejects with CdpError when the browser refuses, or when the connection ends first. */
  ask<Reply>(method: string, question: { readonly params?: object; readonly reply: z.ZodType<Reply> }): Promise<Reply>;
  /** Asks where only success matters. */
  tell(method: string, params?: object): Promise<void>;
  /** Events of this session only. Returns the unsubscriber. */
  onEvent(method: string, listener: (params: unknown) => void): () => void;
};

/** A browser behind `--remote-debugging-pipe`: NUL-separated JSON. There is no port that another process could reach. */
export type CdpConnection = CdpSession & {
  session(sessionId: string): CdpSession;
  /** Forgets a page's listeners after it is gone. */
  forgetSession(sessionId: string): void;
  /** Told once when the pipe ends (the browser died or was closed). */
  onClosed(listener: () => void): () => void;
  close(): void;
};

/** The browser refused a call, or went away before it answered. `code` is JSON-RPC's, 0 when the pipe ended. */
export class CdpError extends Error {
  readonly method: string;
  readonly code: number;
  constructor({ method, code, message }: { method: string; code: number; message: string }) {
    super(`${method}: ${message}`);
    this.name = 'CdpError';
    this.method = method;
    this.code = code;
  }
}

const Message = z.object({
  id: z.int().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  sessionId: z.string().optional(),
  error: z.object({ code: z.int(), message: z.string() }).optional(),
});

type Waiting = { readonly method: string; readonly settle: (answer: { result: unknown } | { error: CdpError }) => void };
type Listeners = Map<string, Set<(params: unknown) => void>>;

/** Key of the browser's own session, which has no id. */
const browserSession = '';

/** Speaks the DevTools protocol over a pair of streams (the browser's fd 3 and 4). */
export function connectCdp({ toBrowser, fromBrowser }: { toBrowser: Writable; fromBrowser: Readable }): CdpConnection {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Listeners>();
  const closedListeners = new Set<() => void>();
  let lastId = 0;
  let isClosed = false;

  const end = () => {
    if (isClosed) return;
    isClosed = true;
    for (const { method, settle } of waiting.values()) settle({ error: ended(method) });
    waiting.clear();
    listeners.clear();
    for (const listener of [...closedListeners]) listener();
  };
  const receive = (text: string) => {
    const message = Message.parse(JSON.parse(text));
    if (message.id === undefined) return announce({ listeners: listeners.get(message.sessionId ?? browserSession), message });
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.error) asked?.settle({ error: new CdpError({ method: asked.method, ...message.error }) });
    else asked?.settle({ result: message.result });
  };
  const post = (sessionId: string, { method, params }: { method: string; params: object }): Promise<unknown> => {
    if (isClosed) return Promise.reject(ended(method));
    const id = ++lastId;
    toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId === browserSession ? {} : { sessionId }) })}\0`);
    return new Promise((resolve, reject) => {
      waiting.set(id, { method, settle: (answer) => ('error' in answer ? reject(answer.error) : resolve(answer.result)) });
    });
  };
  const session = (sessionId: string): CdpSession => ({
    ask: async (method, { params = {}, reply }) => reply.parse(await post(sessionId, { method, params })),
    tell: async (method, params = {}) => void (await post(sessionId, { method, params })),
    onEvent: (method, listener) => addListener({ all: listeners, sessionId, method, listener }),
  });

  splitMessages({ stream: fromBrowser, receive });
  for (const stream of [toBrowser, fromBrowser]) {
    stream.on('error', end);
    stream.on('close', end);
  }
  fromBrowser.on('end', end);
  return {
    ...session(browserSession),
    session,
    forgetSession: (sessionId) => void listeners.delete(sessionId),
    onClosed: (listener) => {
      closedListeners.add(listener);
      return () => void closedListeners.delete(listener);
    },
    close: () => {
      toBrowser.end();
      end();
    },
  };
}

function ended(method: string): CdpError {
  return new CdpError({ method, code: 0, message: 'the browser is gone' });
}

function announce({ listeners, message }: { listeners: Listeners | undefined; message: z.infer<typeof Message> }): void {
  for (const listener of [...(listeners?.get(message.method ?? '') ?? [])]) listener(message.params);
}

type NewListener = { all: Map<string, Listeners>; sessionId: string; method: string; listener: (params: unknown) => void };

function addListener({ all, sessionId, method, listener }: NewListener): () => void {
  const ofSession = all.get(sessionId) ?? new Map<string, Set<(params: unknown) => void>>();
  all.set(sessionId, ofSession);
  const ofMethod = ofSession.get(method) ?? new Set();
  ofSession.set(method, ofMethod);
  ofMethod.add(listener);
  return () => void ofMethod.delete(listener);
}

/** Cuts the byte stream at NULs; a character may be spread over two chunks, so bytes are joined before they become text. */
function splitMessages({ stream, receive }: { stream: Readable; receive: (text: string) => void }): void {
  let pending: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let start = 0;
    for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
      pending.push(chunk.subarray(start, end));
      receive(Buffer.concat(pending).toString('utf8'));
      pending = [];
      start = end + 1;
    }
    if (start < chunk.length) pending.push(chunk.subarray(start));
  });
}
