import type { clientEvents, Handshake } from '#contract/bus/index.ts';
import type { Fact } from '#contract/record/index.ts';
import type { DoneRecord } from './doneCommands.ts';
import type { OutboxRecord } from './outbox.ts';

/** The names of what a client may say on the bus. */
export type ClientEvent = keyof typeof clientEvents;

/** One connection attempt and, when it opens, the connection. */
export type LinkConnection = {
  /**
   * Sends one message; resolves with the platform's acknowledgement as it came (unparsed). Never resolves when the connection ends
   * first: whoever asks keeps his own time limit.
   */
  request(event: ClientEvent, message: object): Promise<unknown>;
  /** Ends it at once. The listener hears nothing more. */
  close(): void;
};

/** What a transport tells. Bodies are unparsed: the link parses them. */
export type LinkListener = {
  /** A message of the platform. `acknowledge` gives the credit for the next one where the event asks for it. */
  onMessage(message: { readonly event: string; readonly body: unknown; readonly acknowledge: () => void }): void;
  /** The handshake was turned away with this code (HandshakeRefusalCode). Told instead of `onClosed`. */
  onRefused(code: string): void;
  /** The connection ended or never came about; `reason` is for the log. Told once. */
  onClosed(reason: string): void;
};

/** What carries messages: a socket to the platform (main, a browser page) or an in-memory twin (tests). It never reconnects by itself. */
export type LinkTransport = {
  connect(request: { readonly handshake: Handshake; readonly listener: LinkListener }): LinkConnection;
};

/** Where the outbox survives a power cut: a file in main, IndexedDB in a page. */
export type OutboxJournal = {
  /** Everything that was appended and is whole, in order; unparsed. */
  load(): Promise<readonly unknown[]>;
  /** Resolves when the record is on the disk (fsync). Rejects when it is not, and then it must not come back from `load` either. */
  append(record: OutboxRecord): Promise<void>;
  /** Replaces everything by these records, all or nothing. */
  rewrite(records: readonly OutboxRecord[]): Promise<void>;
};

/** Where it survives a power cut which commands were done: the same as `OutboxJournal`, with other records. */
export type DoneJournal = {
  load(): Promise<readonly unknown[]>;
  append(record: DoneRecord): Promise<void>;
  rewrite(records: readonly DoneRecord[]): Promise<void>;
};

/** The facts of the desk's own walls, on the disk of their owner (protocol.md: ships its facts in order as feed `desk/<id>`). */
export type DeskFactSource = {
  /** Facts behind `seq`, in order, at most `limit`. Empty when there are none or the desk does not know who it is yet. */
  after(place: { readonly seq: number; readonly limit: number }): readonly { readonly seq: number; readonly fact: Fact }[];
  /** Told what the platform has: it need not be kept for shipping any more. */
  settled(seq: number): void;
  /** The last `settled` as far as it is kept; only where to begin, the platform knows better. */
  settledSeq(): number;
  /** How many wait to be shipped. */
  waiting(): number;
};

/** What the link writes to the log; a part of pino's shape. */
export type LinkLog = { [Level in 'debug' | 'info' | 'warn' | 'error']: (fields: object, message: string) => void };
