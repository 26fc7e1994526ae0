import type { DirectoryPage } from '#contract/directory/index.ts';
import { backOffMs, createPump, type LinkLog } from '#contract/link/index.ts';
import {
  createPositionColumns,
  directoryRevisionOf,
  encodeWhole,
  type PositionColumns,
  positionFrameBytes,
  readPositions,
} from '#contract/responders/index.ts';
import type { Randomness, Result, Timers } from '#contract/values/index.ts';
import type { Roster } from './fetchRoster.ts';

/** One window that shows where people are. It is sent nothing before it asks, and then once: a window that does not ask gets the newest when it does. */
export type Follower = {
  /** The window has taken what it was sent and wants more. */
  next(): void;
  close(): void;
};

/** Main's own picture of where everybody is: whole for whichever window opens, and conflated for one that is slow. */
export type Positions = {
  /** A frame of the platform, as it came. */
  take(frame: Uint8Array): void;
  follow(window: { readonly send: (frame: Uint8Array) => void }): Follower;
  /** Who is behind the numbers; null while there is no roster. */
  page(asked: { offset: number }): DirectoryPage | null;
  close(): void;
};

export type PositionsPorts = {
  /** Null = nobody to ask as. */
  readonly fetchRoster: () => Promise<Result<Roster>> | null;
  /** Asks the platform for a whole picture. */
  readonly askWhole: () => void;
  /** Another roster: windows are told before the first frame of it. */
  readonly onRoster: (roster: { directoryRevision: number; count: number }) => void;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: LinkLog;
};

/** Rows per page to a window (main/directory). */
const windowPageRows = 500;

export function createPositions(ports: PositionsPorts): Positions {
  return new FollowedPositions(ports);
}

class FollowedPositions implements Positions {
  readonly #ports: PositionsPorts;
  readonly #pump: () => void;
  readonly #windows = new Set<FollowingWindow>();
  #roster: Roster | null = null;
  #columns: PositionColumns = createPositionColumns({ size: 0, directoryRevision: 0 });
  /** Platform time of the newest frame; 0 = none was taken. */
  #atMs = 0;
  #wanted: number | null = null;
  #failures = 0;
  #isWaiting = false;
  #cancelRetry = () => {};

  constructor(ports: PositionsPorts) {
    this.#ports = ports;
    this.#pump = createPump(
      () => this.#fetch(),
      (error) => ports.log.error({ err: error }, 'fetching the roster failed'),
    );
  }

  take(frame: Uint8Array): void {
    const revision = directoryRevisionOf(frame);
    // Nobody may be followed (any more): there is nothing to fetch, and what was shown goes.
    if (revision === 0 && this.#columns.directoryRevision !== 0) this.#takeRoster({ numbering: 0, revision: 0, rows: [] });
    if (revision !== null && revision !== this.#columns.directoryRevision) return this.#want(revision);
    this.#wanted = null;
    if (readPositions(frame, this.#columns).kind !== 'taken') return this.#ports.log.debug({}, 'a frame of positions was not readable');
    this.#atMs = atMsOf(frame);
    for (const window of this.#windows) window.offer(frame);
  }

  follow({ send }: { send: (frame: Uint8Array) => void }): Follower {
    const window = new FollowingWindow({ send, whole: () => this.#whole(), wholeBytes: () => this.#wholeBytes() });
    this.#windows.add(window);
    return { next: () => window.next(), close: () => void this.#windows.delete(window) };
  }

  page({ offset }: { offset: number }): DirectoryPage | null {
    if (this.#roster === null) return null;
    const { numbering, revision, rows } = this.#roster;
    const end = offset + windowPageRows;
    return { kind: 'responders', revision, numbering, rows: rows.slice(offset, end), nextOffset: end < rows.length ? end : null };
  }

  close(): void {
    this.#wanted = null;
    this.#windows.clear();
    this.#cancelRetry();
  }

  #whole(): readonly Uint8Array[] {
    return this.#atMs === 0 ? [] : encodeWhole(this.#columns, { atMs: this.#atMs });
  }

  #wholeBytes(): number {
    return positionFrameBytes.header + positionFrameBytes.record * this.#columns.measuredAtMs.length;
  }

  #want(revision: number): void {
    this.#wanted = revision;
    if (!this.#isWaiting) this.#pump();
  }

  async #fetch(): Promise<void> {
    const fetching = this.#wanted === null ? null : this.#ports.fetchRoster();
    if (fetching === null) return;
    const fetched = await fetching;
    if (this.#wanted === null) return;
    if (!fetched.ok) return this.#retryLater(fetched.refusal.code);
    // Somebody logs in or an import is applied: frames and pages may for a moment speak of different people.
    if (fetched.value.numbering !== this.#wanted) return this.#retryLater('otherNumbering');
    this.#takeRoster(fetched.value);
    this.#ports.askWhole();
  }

  #takeRoster(roster: Roster): void {
    this.#roster = roster;
    this.#wanted = null;
    this.#failures = 0;
    this.#atMs = 0;
    this.#columns = createPositionColumns({ size: roster.rows.length, directoryRevision: roster.numbering });
    for (const window of this.#windows) window.startAnew();
    this.#ports.onRoster({ directoryRevision: roster.numbering, count: roster.rows.length });
    this.#ports.log.info({ responders: roster.rows.length }, 'roster');
  }

  #retryLater(code: string): void {
    this.#failures += 1;
    const waitMs = backOffMs({ attempt: this.#failures, randomness: this.#ports.randomness });
    this.#ports.log.debug({ code, waitMs }, 'the roster could not be fetched');
    this.#isWaiting = true;
    this.#cancelRetry = this.#ports.timers.afterMs(waitMs, () => {
      this.#isWaiting = false;
      this.#pump();
    });
  }
}

type WindowPorts = {
  readonly send: (frame: Uint8Array) => void;
  readonly whole: () => readonly Uint8Array[];
  readonly wholeBytes: () => number;
};

/** What one window has not been sent yet: frames as they came, or, once they are more than a whole picture, the word that it is due. */
class FollowingWindow {
  readonly #ports: WindowPorts;
  #waiting: Uint8Array[] = [];
  #state: 'asking' | 'busy' = 'busy';
  #isWholeDue = true;

  constructor(ports: WindowPorts) {
    this.#ports = ports;
  }

  offer(frame: Uint8Array): void {
    if (!this.#isWholeDue) this.#waiting.push(frame);
    const waitingBytes = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    if (this.#state === 'busy' && waitingBytes > this.#ports.wholeBytes()) this.startAnew();
    this.#flush();
  }

  next(): void {
    this.#state = 'asking';
    this.#flush();
  }

  /** What waits is of no use any more. */
  startAnew(): void {
    this.#waiting = [];
    this.#isWholeDue = true;
  }

  #flush(): void {
    if (this.#state === 'busy') return;
    const frames = this.#isWholeDue ? this.#ports.whole() : this.#waiting;
    if (frames.length === 0) return;
    [this.#waiting, this.#isWholeDue, this.#state] = [[], false, 'busy'];
    for (const frame of frames) this.#ports.send(frame);
  }
}

function atMsOf(frame: Uint8Array): number {
  return new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getFloat64(8, true);
}
