import { expect, test } from 'vitest';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import { createResponderSlots } from './slots.ts';

const zeroMs = 1_000_000;

function columnsOf(count: number) {
  const columns = createPositionColumns({ size: count, directoryRevision: 1 });
  for (let index = 0; index < count; index += 1) {
    setPosition(columns, index, { measuredAtMs: zeroMs + index * 1000, lng: 108 + index, lat: 33, headingDeg: 90, status: 2 });
  }
  return columns;
}

test('the same arrays serve until more responders come than ever before', () => {
  const slots = createResponderSlots({ zeroMs });
  const first = slots.source();
  expect([slots.take(columnsOf(1_024)), slots.source() === first]).toEqual(['same', true]);
  expect([slots.take(columnsOf(1_025)), slots.source() === first, slots.source().length]).toEqual(['grown', false, 2_048]);
  const grown = slots.source();
  expect([slots.take(columnsOf(3)), slots.source() === grown]).toEqual(['same', true]);
});

test('who left is nowhere, and who was never heard of is too', () => {
  const slots = createResponderSlots({ zeroMs });
  slots.take(columnsOf(5));
  const fewer = columnsOf(3);
  fewer.measuredAtMs[1] = 0;
  slots.take(fewer);
  const measured = slots.source().attributes['measured']?.value;
  expect([...(measured?.slice(0, 5) ?? [])].map((at) => at > 0)).toEqual([true, false, true, false, false]);
});

test('heading and status share a figure; a place older than the card can tell stays old', () => {
  const slots = createResponderSlots({ zeroMs });
  const columns = columnsOf(1);
  setPosition(columns, 0, { measuredAtMs: zeroMs - 5_000, lng: 108, lat: 33, headingDeg: 359, status: 5 });
  slots.take(columns);
  const { turn, measured } = slots.source().attributes;
  expect([turn?.value[0], (measured?.value[0] ?? 0) > 0, (measured?.value[0] ?? 9) < 0.01]).toEqual([5 * 512 + 359, true, true]);
});

test('each take says which part of each column is to be sent', () => {
  const slots = createResponderSlots({ zeroMs });
  slots.take(columnsOf(10));
  expect(slots.source().written).toEqual(['place', 'measured', 'turn'].map((name) => ({ name, from: 0, to: 10 })));
  slots.take(columnsOf(4));
  expect(slots.source().written.map(({ to }) => to)).toEqual([10, 10, 10]);
});
