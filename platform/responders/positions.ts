import { may, type PolicyActor, positionSurfaces } from '#contract/access/index.ts';
import { encodePositions, encodeWhole, type Numbering } from '#contract/responders/index.ts';
import type { Clock, RegionId, Timers } from '#contract/values/index.ts';
import { type Directory, keyOf } from '../directory/index.ts';
import type { IncidentIntake } from '../incidents/index.ts';
import type { Log } from '../ports.ts';
import { sha256 } from '../record/index.ts';
import { createIntakeCounts, openBook, type PositionReport, type PositionsHealth, takeReport } from './positionBook.ts';
import { createRosters, type Rosters } from './rosters.ts';

/** Somebody who is sent positions. */
export type PositionsReader = {
  /** Who reads; asked anew in each round. Null = nobody any more. */
  readonly actor: () => PolicyActor | null;
  readonly send: (frame: Uint8Array) => void;
  /** Whether what was sent so far is about to be gone. Without room a round is left out for him, never kept. */
  readonly hasRoom: () => boolean;
};

/** One reader's following. */
export type Following = { /** The next round is a whole picture. */ sendWhole(): void; end(): void };

/** The latest places of all responders: reports come in, frames go out once a second. */
export type Positions = {
  /** Takes what is believable; the rest is counted by reason. */
  report(batch: readonly PositionReport[]): void;
  /** Begins with a whole picture in the next round. */
  follow(reader: PositionsReader): Following;
  health(): PositionsHealth;
  /** Who is behind the numbers of a frame, for each reader. */
  readonly rosters: Rosters;
  close(): void;
};

/** Where reports come from; opened with the platform and closed with it. Null = nowhere. */
export type OpenIntake = (ports: {
  readonly report: Positions['report'];
  readonly incidents: IncidentIntake;
  readonly directory: Directory;
}) => { close(): void };

/** Frames go out this often (protocol.md, "Positions"). */
const roundEveryMs = 1_000;
/** Refused reports are told to the log at most this often. */
const logEveryMs = 60_000;

/** What readers of equal territories are sent in a round: made when the first of them asks for it. */
type View = { readonly numbering: Numbering; whole(): readonly Uint8Array[]; changes(): readonly Uint8Array[] };
type Reading = { readonly reader: PositionsReader; sentNumbering: number | null };

export type PositionsPorts = {
  readonly directory: Directory;
  /** Absent = nobody reports. */
  readonly openIntake?: OpenIntake;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly log: Log;
};

/** Starts the rounds, and what reports to them. */
export function openPositions({ directory, clock, timers, log }: PositionsPorts): Positions {
  const rosters = createRosters(directory);
  const readings = new Set<Reading>();
  const counts = createIntakeCounts();
  const tellRefusals = createRefusalLog({ counts, clock, log });
  let book = openBook({ responders: directory.rows('responders'), before: null });
  let revision = directory.revision();
  let round = 1;
  let numberings = createNumberings();

  function followDirectory(): void {
    if (revision === directory.revision()) return;
    revision = directory.revision();
    book = openBook({ responders: directory.rows('responders'), before: book });
    numberings = createNumberings();
  }

  function numberingOf(actor: PolicyActor): Numbering {
    return numberings.of(keyOf(actor), () => makeNumbering({ actor, rosters, directory, slotOf: book.slotOf }));
  }

  function viewOf(numbering: Numbering, atMs: number): View {
    const changed = () =>
      [...Array(numbering.slots.length).keys()].filter((index) => book.changedIn[numbering.slots[index] ?? -1] === round);
    return {
      numbering,
      whole: once(() => encodeWhole(book.columns, { atMs, numbering })),
      changes: once(() => encodePositions(book.columns, { atMs, numbering, indices: changed() })),
    };
  }

  function send(): void {
    cancel = timers.afterMs(roundEveryMs, send);
    followDirectory();
    const atMs = clock.nowMs();
    const views = new Map<Numbering, View>();
    for (const reading of readings) {
      const actor = reading.reader.actor();
      const numbering = actor === null ? nobody : numberingOf(actor);
      const view = views.get(numbering) ?? viewOf(numbering, atMs);
      views.set(numbering, view);
      sendTo(reading, view);
    }
    round += 1;
    tellRefusals();
  }
  let cancel = timers.afterMs(roundEveryMs, send);

  function report(batch: readonly PositionReport[]): void {
    followDirectory();
    const nowMs = clock.nowMs();
    for (const report of batch) {
      const refused = takeReport(report, { book, round, nowMs });
      if (refused !== null) counts.refused[refused] += 1;
      else [counts.taken, counts.lastTakenAtMs] = [counts.taken + 1, nowMs];
    }
  }

  return {
    report,
    rosters,
    follow(reader) {
      const reading: Reading = { reader, sentNumbering: null };
      readings.add(reading);
      return { sendWhole: () => void (reading.sentNumbering = null), end: () => void readings.delete(reading) };
    },
    health: () => ({ responders: book.columns.measuredAtMs.length, ...counts, refused: { ...counts.refused } }),
    close() {
      cancel();
    },
  };
}

/** For whoever may follow nobody: a picture of nobody, which takes the place of what he saw before. */
const nobody: Numbering = { directoryRevision: 0, slots: [] };

function sendTo(reading: Reading, { numbering, whole, changes }: View): void {
  const { reader } = reading;
  if (!reader.hasRoom()) {
    // What he misses would be missing until those people move again.
    reading.sentNumbering = null;
    return;
  }
  const isKnown = reading.sentNumbering === numbering.directoryRevision;
  reading.sentNumbering = numbering.directoryRevision;
  for (const frame of isKnown ? changes() : whole()) reader.send(frame);
}

/** Numberings by who asks, made once; two that say the same are one, so that what follows from them is made once too. */
function createNumberings() {
  const byKey = new Map<string, Numbering>();
  const byContent = new Map<string, Numbering>();
  return {
    of(key: string, make: () => Numbering): Numbering {
      const known = byKey.get(key);
      if (known !== undefined) return known;
      const made = make();
      const content = sha256(JSON.stringify(made));
      const same = byContent.get(content) ?? made;
      byContent.set(content, same);
      byKey.set(key, same);
      return same;
    },
  };
}

/** The roster's numbers; those of it who may not be followed are in no frame. */
function makeNumbering({
  actor,
  rosters,
  directory,
  slotOf,
}: {
  actor: PolicyActor;
  rosters: Rosters;
  directory: Directory;
  slotOf: (responderId: string) => number;
}): Numbering {
  const { numbering, rows } = rosters.of(actor);
  const { action } = positionSurfaces.positions;
  const mayFollow = (regionId: RegionId) => may(actor, action, { regionPath: directory.regionPath(regionId) });
  const slots = rows.map(({ id, regionId }) => (mayFollow(regionId) ? slotOf(id) : -1));
  return slots.every((slot) => slot === -1) ? nobody : { directoryRevision: numbering, slots };
}

function createRefusalLog({ counts, clock, log }: { counts: ReturnType<typeof createIntakeCounts>; clock: Clock; log: Log }) {
  let told = { ...counts.refused };
  let toldAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const since = Object.entries(counts.refused).flatMap(([reason, count]) => {
      const more = count - told[reason as keyof typeof told];
      return more > 0 ? [[reason, more] as const] : [];
    });
    if (since.length === 0 || clock.nowMs() - toldAtMs < logEveryMs) return;
    [told, toldAtMs] = [{ ...counts.refused }, clock.nowMs()];
    log.warn(Object.fromEntries(since), 'reports of positions were refused');
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
