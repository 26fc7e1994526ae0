import { describe, expect, test } from 'vitest';
import { Responder } from '#contract/directory/index.ts';
import { createPositionColumns, encodePositions, encodeWhole, positionAt, readPositions, setPosition } from '#contract/responders/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import type { Roster } from './fetchRoster.ts';
import { createPositions } from './positions.ts';

const startMs = 1_800_000_000_000;

function rosterOf({ numbering, size }: { numbering: number; size: number }): Roster {
  const rows = Array.from({ length: size }, (_, index) =>
    Responder.parse({ countyId: 'al', id: `r-${index}`, index, kind: 'gridWorker', name: `r-${index}`, regionId: 'v1' }),
  );
  return { numbering, revision: 1, rows };
}

/** What the platform sends: everybody at `lng`, or only some of them. */
function framesOf({ numbering = 7, size = 3, lng = 108, second = 0, indices }: FrameOf = {}): readonly Uint8Array[] {
  const columns = createPositionColumns({ size, directoryRevision: numbering });
  const atMs = startMs + second * 1_000;
  for (const index of indices ?? columns.measuredAtMs.keys()) {
    setPosition(columns, index, { measuredAtMs: atMs, lng, lat: 33, headingDeg: 0, status: 0 });
  }
  return encodeWhole(columns, { atMs });
}
type FrameOf = { numbering?: number; size?: number; lng?: number; second?: number; indices?: readonly number[] };

function open() {
  const fetches: PromiseWithResolvers<Result<Roster>>[] = [];
  const rosters: object[] = [];
  const retries: (() => void)[] = [];
  const asked = { whole: 0 };
  const positions = createPositions({
    fetchRoster: () => {
      fetches.push(Promise.withResolvers());
      return fetches.at(-1)!.promise;
    },
    askWhole: () => (asked.whole += 1),
    onRoster: (roster) => rosters.push(roster),
    timers: { afterMs: (_delayMs, run) => (retries.push(run), () => {}) },
    randomness: () => 0.5,
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
  });
  const take = (frames: readonly Uint8Array[]) => {
    for (const frame of frames) positions.take(frame);
  };
  async function answer(result: Result<Roster>): Promise<void> {
    fetches.at(-1)!.resolve(result);
    await new Promise((resolve) => setImmediate(resolve));
  }
  /** A window with everything that it was sent. */
  function openWindow() {
    const sent: Uint8Array[] = [];
    const follower = positions.follow({ send: (frame) => void sent.push(frame) });
    return { ...follower, sent };
  }
  return { positions, take, answer, openWindow, fetches, rosters, retries, asked };
}

/** With the roster of three people at hand. */
async function opened() {
  const room = open();
  room.take(framesOf());
  await room.answer(granted(rosterOf({ numbering: 7, size: 3 })));
  return room;
}

function lngsOf(frames: readonly Uint8Array[]): readonly (number | undefined)[] {
  const columns = createPositionColumns({ size: 3, directoryRevision: 7 });
  for (const frame of frames) readPositions(frame, columns);
  return [0, 1, 2].map((index) => positionAt(columns, index)?.lng);
}

describe('another numbering', () => {
  test('makes main fetch the roster before it reads a frame, once, and then ask for a whole picture', async () => {
    const { take, answer, openWindow, fetches, rosters, asked } = open();
    const window = openWindow();
    window.next();
    take([...framesOf(), ...framesOf({ second: 1 })]);
    const before = [fetches.length, window.sent.length];
    await answer(granted(rosterOf({ numbering: 7, size: 3 })));
    take(framesOf({ second: 2, lng: 109 }));
    expect([before, rosters, asked, lngsOf(window.sent)]).toEqual([
      [1, 0],
      [{ directoryRevision: 7, count: 3 }],
      { whole: 1 },
      [109, 109, 109],
    ]);
  });

  test('that the pages do not have yet is asked for again, as is a platform that is away', async () => {
    const { take, answer, fetches, rosters, retries } = open();
    take(framesOf());
    await answer(granted(rosterOf({ numbering: 6, size: 2 })));
    retries[0]!();
    await answer(refused('bus.unreachable'));
    retries[1]!();
    await answer(granted(rosterOf({ numbering: 7, size: 3 })));
    expect([fetches.length, rosters]).toEqual([3, [{ directoryRevision: 7, count: 3 }]]);
  });

  test('of nobody takes away what was shown, without asking anybody', async () => {
    const { positions, take, fetches, rosters } = await opened();
    take(framesOf({ numbering: 0, size: 0 }));
    expect([fetches.length, rosters.at(-1), positions.page({ offset: 0 })?.rows]).toEqual([1, { directoryRevision: 0, count: 0 }, []]);
  });

  test('is no reason to show old places: a window is sent the new picture whole', async () => {
    const { take, answer, openWindow } = await opened();
    take(framesOf());
    const window = openWindow();
    window.next();
    window.next();
    take(framesOf({ numbering: 8, size: 2 }));
    await answer(granted(rosterOf({ numbering: 8, size: 2 })));
    take(framesOf({ numbering: 8, size: 2, second: 1 }));
    expect(window.sent.map((frame) => new DataView(frame.buffer, frame.byteOffset).getUint32(4, true))).toEqual([7, 8]);
  });
});

describe('a window', () => {
  test('gets a whole picture at once when it is opened again, then frames as they came, the same bytes', async () => {
    const { take, openWindow } = await opened();
    take(framesOf({ second: 1 }));
    const window = openWindow();
    window.next();
    const whole = lngsOf(window.sent);
    window.next();
    const change = encodePositions(columnsAt(2), { atMs: startMs + 2_000, indices: [1] });
    take(change);
    expect([whole, window.sent[1] === change[0], window.sent.length]).toEqual([[108, 108, 108], true, 2]);
  });

  test('that does not ask is sent nothing and gets the newest when it asks, however long it was away', async () => {
    const { take, openWindow } = await opened();
    const window = openWindow();
    take(framesOf());
    window.next();
    for (let second = 1; second <= 1_000; second += 1) take(framesOf({ second, lng: 108 + second / 1_000 }));
    const meanwhile = window.sent.length;
    window.next();
    const caughtUp = window.sent.slice(meanwhile);
    expect([meanwhile, caughtUp.length, lngsOf(caughtUp)]).toEqual([1, 1, [109, 109, 109]]);
  });

  test('that is a second late loses nothing', async () => {
    const { take, openWindow } = await opened();
    const window = openWindow();
    take(framesOf());
    window.next();
    take(encodePositions(columnsAt(1), { atMs: startMs + 1_000, indices: [0] }));
    take(encodePositions(columnsAt(2), { atMs: startMs + 2_000, indices: [2] }));
    window.next();
    expect(lngsOf(window.sent)).toEqual([101, 108, 102]);
  });

  function columnsAt(second: number) {
    const columns = createPositionColumns({ size: 3, directoryRevision: 7 });
    for (const index of [0, 1, 2]) {
      setPosition(columns, index, { measuredAtMs: startMs + second * 1_000, lng: 100 + second, lat: 33, headingDeg: 0, status: 0 });
    }
    return columns;
  }
});

test('what is no frame of positions changes nothing', async () => {
  const { take, openWindow } = await opened();
  const window = openWindow();
  window.next();
  take([new Uint8Array(0), new Uint8Array(19), new Uint8Array(100), framesOf()[0]!.slice(0, -1)]);
  expect(window.sent).toEqual([]);
});
