import { expect, test } from 'vitest';
import { isViewKnown, type KnownView } from './steadyView.ts';

function viewAt(lng: number) {
  return { lng, equals: (other: unknown) => (other as { lng: number }).lng === lng };
}

test('a view is told once, and again when it moves, when pixels are another size, and to other models', () => {
  const state: KnownView = {};
  const isKnown = (lng: number, devicePixelRatio = 1) => isViewKnown(state, { project: { viewport: viewAt(lng), devicePixelRatio } });
  expect([isKnown(108), isKnown(108), isKnown(109), isKnown(109), isKnown(109, 2), isKnown(109, 2)]).toEqual([
    false,
    true,
    false,
    true,
    false,
    true,
  ]);
  expect(isViewKnown({}, { project: { viewport: viewAt(109), devicePixelRatio: 2 } })).toBe(false);
});

test('what is no view is always told', () => {
  const state: KnownView = {};
  expect([isViewKnown(state, {}), isViewKnown(state, {})]).toEqual([false, false]);
});
