import type { Responder } from '#contract/directory/index.ts';
import { createPositionColumns, type PositionColumns, positionAt, ResponderStatus, setPosition } from '#contract/responders/index.ts';
import type { Clock } from '#contract/values/index.ts';

/** Where somebody says he is. WGS-84 degrees; heading clockwise from north, any number of turns; epoch ms of the platform's clock. */
export type PositionReport = {
  readonly responderId: string;
  readonly measuredAtMs: number;
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number;
  readonly status: ResponderStatus;
};

/** Why a report is not believed. */
type RefusedReason = 'unknownResponder' | 'notANumber' | 'offEarth' | 'inFuture' | 'older' | 'unknownStatus';

/** What came in since the start. `responders` of the whole directory. */
export type PositionsHealth = {
  readonly responders: number;
  readonly taken: number;
  readonly refused: { readonly [Reason in RefusedReason]: number };
  /** Epoch ms; null = no report was ever taken. */
  readonly lastTakenAtMs: number | null;
};

/** Clocks of phones differ by so much; what is further ahead would stay the newest for as long. Unit: ms. */
const aheadAtMostMs = 10_000;

/** The latest place of every responder, by his slot: the directory's own order, which never leaves the platform. */
export type PositionBook = {
  readonly columns: PositionColumns;
  slotOf(responderId: string): number;
  /** The round in which a slot last changed. */
  readonly changedIn: Uint32Array;
};

/** An empty book for these people, in which whoever was in the book before keeps his place. */
export function openBook({ responders, before }: { responders: readonly Responder[]; before: PositionBook | null }): PositionBook {
  const slots = new Map<string, number>(responders.map(({ id }, slot) => [id, slot]));
  const columns = createPositionColumns({ size: responders.length, directoryRevision: 0 });
  const changedIn = new Uint32Array(responders.length);
  for (const [id, slot] of slots) {
    const slotBefore = before?.slotOf(id) ?? -1;
    const kept = before === null ? null : positionAt(before.columns, slotBefore);
    if (kept !== null) setPosition(columns, slot, kept);
    changedIn[slot] = before?.changedIn[slotBefore] ?? 0;
  }
  return { columns, slotOf: (id) => slots.get(id) ?? -1, changedIn };
}

/** Counts what came in, by what became of it. */
export function createIntakeCounts() {
  const refused: Record<RefusedReason, number> = {
    unknownResponder: 0,
    notANumber: 0,
    offEarth: 0,
    inFuture: 0,
    older: 0,
    unknownStatus: 0,
  };
  return { taken: 0, lastTakenAtMs: null as number | null, refused };
}

/** Takes one report into the book, or says why not. Never throws, whatever it is. */
export function takeReport(
  report: PositionReport,
  { book, round, nowMs }: { book: PositionBook; round: number; nowMs: ReturnType<Clock['nowMs']> },
): RefusedReason | null {
  const { measuredAtMs, lng, lat } = report;
  const slot = book.slotOf(report.responderId);
  if (slot === -1) return 'unknownResponder';
  if (![measuredAtMs, lng, lat, report.headingDeg].every(Number.isFinite) || measuredAtMs <= 0) return 'notANumber';
  if (Math.abs(lng) > 180 || Math.abs(lat) > 90) return 'offEarth';
  if (measuredAtMs > nowMs + aheadAtMostMs) return 'inFuture';
  if (measuredAtMs < (book.columns.measuredAtMs[slot] ?? 0)) return 'older';
  const status = ResponderStatus.options.indexOf(report.status);
  if (status === -1) return 'unknownStatus';
  const headingDeg = ((Math.round(report.headingDeg) % 360) + 360) % 360;
  setPosition(book.columns, slot, { measuredAtMs, lng, lat, headingDeg, status });
  book.changedIn[slot] = round;
  return null;
}
