import { expect, test } from 'vitest';
import { createPositionColumns, type PositionColumns, setPosition } from '#contract/responders/index.ts';
import { type AssignmentLine, createAssignments } from './assignments.ts';
import type { MapColors, Rgb } from './colors.ts';
import type { InstancedSource } from './instancedLayer.ts';

// Each tone by the tens of its red.
const names = ['ground', 'critical', 'major', 'minor', 'line', 'chosen', 'text', 'quiet', 'good', 'stale'] as const;
const tones = Object.fromEntries(names.map((name, at) => [name, [(at * 10) / 255, 0, 0]])) as unknown as Record<
  (typeof names)[number],
  Rgb
>;
const { critical, major, minor, ...others } = tones;
const colors: MapColors = {
  ...others,
  ...{ signs: { critical, major, minor }, areas: { critical, major }, load: [tones.line, tones.line, tones.line, tones.line] },
};
const nowMs = 10_000_000;
function columnsWith(places: readonly (readonly [number, number, number?])[]): PositionColumns {
  const columns = createPositionColumns({ size: places.length + 1, directoryRevision: 1 });
  for (const [index, [lng, lat, measuredAtMs = nowMs]] of places.entries())
    setPosition(columns, index, { lng, lat, measuredAtMs, headingDeg: 0, status: 2 });
  return columns;
}
const line = (responder: number, tone: AssignmentLine['tone'] = 'major'): AssignmentLine => ({ responder, place: [108.31, 33.3], tone });
function open(lines: readonly AssignmentLine[]) {
  const assignments = createAssignments(colors);
  assignments.setLines(lines);
  /** What lies in the layer's columns: from, to and the red of the tone, of each arc that is drawn. */
  const arcs = () => {
    const { used, attributes } = assignments.layers({ beforeId: undefined })[0]!.props.data as unknown as InstancedSource;
    const figures = (name: string, at: number, of: number) => [...attributes[name]!.value.subarray(at * of, at * of + 2)];
    return Array.from({ length: used }, (_, at) => ({
      from: figures('origin', at, 2),
      to: figures('goal', at, 2),
      red: figures('tone', at, 4)[0],
    }));
  };
  return { ...assignments, arcs };
}
const near = (lng: number, lat: number) => [expect.closeTo(lng, 4), expect.closeTo(lat, 4)];

test('whoever was sent has an arc from where he is; nobody knows where, or he is there: none', () => {
  const { take, arcs } = open([line(0), line(1), line(2)]);
  take(
    columnsWith([
      [108.3, 33.3],
      [108.310001, 33.3],
    ]),
    nowMs,
  );
  expect(arcs()).toEqual([{ from: near(108.3, 33.3), to: near(108.31, 33.3), red: 20 }]);
});

test('an arc follows who moves without a layer being made anew, which only the first arc and more than ever ask for', () => {
  const { take, arcs, setLines } = open([line(0)]);
  const there = columnsWith([[108.3, 33.3]]);
  expect([take(there, nowMs), take(there, nowMs), take(columnsWith([[108.302, 33.3]]), nowMs)]).toEqual(['remake', 'same', 'same']);
  expect(arcs()[0]?.from).toEqual(near(108.302, 33.3));
  setLines(Array.from({ length: 65 }, () => line(0)));
  expect([take(there, nowMs), arcs().length]).toEqual(['remake', 65]);
});

test('from an old place the arc is as stale as the place', () => {
  const { take, arcs } = open([line(0, 'critical')]);
  const columns = columnsWith([[108.3, 33.3, nowMs - 59_000]]);
  take(columns, nowMs);
  const before = arcs()[0]?.red;
  take(columns, nowMs + 2_000);
  expect([before, arcs()[0]?.red]).toEqual([10, 90]);
});

test('arcs are drawn where both of their ends are', () => {
  const { take, arcs, show } = open([line(0)]);
  take(columnsWith([[108.3, 33.3]]), nowMs);
  const counts = [arcs().length];
  for (const [name, shown] of [
    ['incidents', 'hidden'],
    ['responders', 'hidden'],
    ['incidents', 'shown'],
    ['responders', 'shown'],
  ] as const) {
    show(name, shown);
    counts.push(arcs().length);
  }
  expect(counts).toEqual([1, 0, 0, 0, 1]);
});
