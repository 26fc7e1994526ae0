import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { busLimits } from '#contract/bus/index.ts';
import { createPositionColumns, type PositionColumns, positionAt, type ResponderPosition, setPosition } from './positionColumns.ts';
import {
  directoryRevisionOf,
  encodePositions,
  encodeWhole,
  maxRecordsPerFrame,
  positionFrameBytes,
  readPositions,
} from './positionFrame.ts';
import { countReporting, isStale, responderStatusOf, staleAfterMs } from './reporting.ts';

const atMs = 1_800_000_000_000;
const place: fc.Arbitrary<ResponderPosition> = fc.record({
  measuredAtMs: fc.integer({ min: 0, max: 254 }).map((ageSec) => atMs - ageSec * 1000),
  lng: fc.double({ min: -180, max: 180, noNaN: true }).map(Math.fround),
  lat: fc.double({ min: -90, max: 90, noNaN: true }).map(Math.fround),
  headingDeg: fc.integer({ min: 0, max: 359 }),
  status: fc.nat(255),
});
const spread = fc.uniqueArray(fc.tuple(fc.nat(60_000), place), { selector: ([index]) => index, maxLength: 200 });

function columnsWith(positions: readonly (readonly [number, ResponderPosition])[], size = 60_001): PositionColumns {
  const columns = createPositionColumns({ size, directoryRevision: 7 });
  for (const [index, position] of positions) setPosition(columns, index, position);
  return columns;
}

const near = { measuredAtMs: atMs, lng: 108.5, lat: 34.25, headingDeg: 90, status: 2 };
const oneFrame = (changes: Partial<ResponderPosition> = {}, index = 5) =>
  encodePositions(columnsWith([[index, { ...near, ...changes }]]), { atMs })[0]!;

describe('a position frame', () => {
  test('is 20 bytes and 16 for each responder, as the protocol says', () => {
    const frame = oneFrame({ measuredAtMs: atMs - 3_000 });
    const view = new DataView(frame.buffer);
    const header = [view.getUint32(4, true), view.getFloat64(8, true), view.getUint32(16, true)];
    const record = [view.getUint32(20, true), view.getFloat32(24, true), view.getFloat32(28, true), view.getUint16(32, true)];
    expect([String.fromCharCode(...frame.slice(0, 4)), header, record, frame[34], frame[35], frame.length]).toEqual([
      'CWR1',
      [7, atMs, 1],
      [5, 108.5, 34.25, 90],
      2,
      3,
      36,
    ]);
  });

  test('brings everybody over as he was, to the step of an f32', () => {
    fc.assert(
      fc.property(spread, (positions) => {
        const into = columnsWith([]);
        for (const frame of encodePositions(columnsWith(positions), { atMs })) readPositions(frame, into);
        expect(positions.map(([index]) => positionAt(into, index))).toEqual(positions.map(([, position]) => position));
      }),
      { numRuns: 200, seed: 20_260_803 },
    );
  });

  test('stays below the greatest message: a great county comes in several', () => {
    const columns = createPositionColumns({ size: maxRecordsPerFrame + 3, directoryRevision: 7 });
    for (const index of columns.measuredAtMs.keys()) setPosition(columns, index, near);
    const frames = encodePositions(columns, { atMs });
    const sizes = frames.map(({ length }) => length);
    expect([Math.max(...sizes) < busLimits.toClientBytes, sizes[1]]).toEqual([
      true,
      positionFrameBytes.header + 3 * positionFrameBytes.record,
    ]);
  });

  test('of some is only of those, and of those who were heard of', () => {
    const into = columnsWith([]);
    const from = columnsWith([1, 2, 3].map((index) => [index, near] as const));
    for (const frame of encodePositions(from, { atMs, indices: [2, 9] })) readPositions(frame, into);
    expect([...into.measuredAtMs].flatMap((at, index) => (at === 0 ? [] : [index]))).toEqual([2]);
  });
});

describe('a frame in the numbers of a territory', () => {
  test('names the people by their places in it, and nobody else', () => {
    const from = columnsWith([1, 20, 300].map((slot) => [slot, { ...near, headingDeg: slot }] as const));
    const into = createPositionColumns({ size: 2, directoryRevision: 99 });
    const frames = encodePositions(from, { atMs, numbering: { directoryRevision: 99, slots: Uint32Array.of(300, 20) } });
    expect([frames.map((frame) => readPositions(frame, into)), [...into.headingDeg]]).toEqual([
      [{ kind: 'taken', records: 2, dropped: 0 }],
      [300, 20],
    ]);
  });

  test('is whole also where nobody was heard of: it says of which directory', () => {
    const nobody = createPositionColumns({ size: 3, directoryRevision: 5 });
    expect([encodePositions(nobody, { atMs }).length, encodeWhole(nobody, { atMs }).map(directoryRevisionOf)]).toEqual([0, [5]]);
    expect([directoryRevisionOf(new Uint8Array(3)), directoryRevisionOf(new Uint8Array(40))]).toEqual([null, null]);
  });
});

describe('reading', () => {
  test('never throws and never leaves what is no place on earth, whatever the bytes are', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      // A right header with anything behind it.
      fc.uint8Array({ minLength: 16, maxLength: 160 }).map((garbage) => {
        const count = Math.floor(garbage.length / 16);
        const frame = new Uint8Array(20 + count * 16);
        frame.set(oneFrame().slice(0, 16));
        new DataView(frame.buffer).setUint32(16, count, true);
        frame.set(garbage.slice(0, count * 16), 20);
        return frame;
      }),
    );
    fc.assert(
      fc.property(bytes, (frame) => {
        const into = createPositionColumns({ size: 50, directoryRevision: 7 });
        readPositions(frame, into);
        const wrong = [...into.measuredAtMs.keys()].filter((index) => {
          const position = positionAt(into, index);
          return position !== null && !(Math.abs(position.lng) <= 180 && Math.abs(position.lat) <= 90 && position.headingDeg < 360);
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: 500, seed: 20_260_804 },
    );
  });

  test('takes only whole frames, of its own directory, with places that exist', () => {
    const into = createPositionColumns({ size: 10, directoryRevision: 7 });
    const other = createPositionColumns({ size: 10, directoryRevision: 8 });
    const frame = oneFrame();
    const readAll = [
      frame,
      frame.slice(0, -1),
      frame.slice(4),
      oneFrame({}, 10),
      oneFrame({ lat: Number.NaN }),
      oneFrame({ headingDeg: 360 }),
    ];
    expect([...readAll.map((bytes) => readPositions(bytes, into)), readPositions(frame, other)]).toEqual([
      { kind: 'taken', records: 1, dropped: 0 },
      { kind: 'unreadable' },
      { kind: 'unreadable' },
      ...[1, 2, 3].map(() => ({ kind: 'taken', records: 0, dropped: 1 })),
      { kind: 'otherRevision', directoryRevision: 7 },
    ]);
  });

  test('lets the latest win, in whatever order the frames come', () => {
    const into = columnsWith([]);
    const frames = [oneFrame({ lng: 109 }), oneFrame({ lng: 108, measuredAtMs: atMs - 2_000 })];
    const read = frames.map((frame) => readPositions(frame, into));
    expect([read, positionAt(into, 5)?.lng]).toEqual([
      [
        { kind: 'taken', records: 1, dropped: 0 },
        { kind: 'taken', records: 0, dropped: 0 },
      ],
      109,
    ]);
  });

  test('works in the middle of a greater buffer', () => {
    const frame = oneFrame();
    const greater = new Uint8Array(frame.length + 3);
    greater.set(frame, 3);
    const into = columnsWith([]);
    readPositions(greater.subarray(3), into);
    expect(positionAt(into, 5)).toEqual(near);
  });
});

describe('an old position', () => {
  test('is stale after a minute, and stays old on the wire however old it is', () => {
    const into = columnsWith([]);
    readPositions(oneFrame({ measuredAtMs: atMs - 3_600_000 }), into);
    const measuredAtMs = positionAt(into, 5)!.measuredAtMs;
    expect([staleAfterMs, staleAfterMs + 1].map((age) => isStale({ measuredAtMs: atMs - age, nowMs: atMs }))).toEqual([false, true]);
    expect([isStale({ measuredAtMs, nowMs: atMs }), countReporting(into, atMs)]).toEqual([true, { reporting: 0, stale: 1 }]);
  });

  test('is counted apart from fresh ones; who was never heard of is in neither count', () => {
    const columns = columnsWith([
      [1, near],
      [2, near],
      [3, { ...near, measuredAtMs: atMs - staleAfterMs - 1 }],
    ]);
    expect(countReporting(columns, atMs)).toEqual({ reporting: 2, stale: 1 });
  });
});

test('a status of a newer platform is not guessed', () => {
  expect([0, 5, 6, 255].map(responderStatusOf)).toEqual(['available', 'unavailable', null, null]);
});
