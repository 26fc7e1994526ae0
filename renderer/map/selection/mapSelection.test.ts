import { expect, test } from 'vitest';
import { createPositionColumns, setPosition } from '#contract/responders/index.ts';
import type { CameraId, LngLat, RegionId, Timers } from '#contract/values/index.ts';
import type { MapThing } from '../engine/index.ts';
import type { SelectableThings } from './contentsOf.ts';
import { createMapSelection, lineMetres } from './mapSelection.ts';

const here: LngLat = [108, 33];
const somebody: MapThing = { kind: 'responder', index: 0 };

/** A selection over one camera and one person who can be moved; time goes on when the test says so. */
function open() {
  const columns = createPositionColumns({ size: 1, directoryRevision: 1 });
  const stand = ([lng, lat]: LngLat) => setPosition(columns, 0, { measuredAtMs: 1, lng, lat, headingDeg: 0, status: 0 });
  stand(here);
  const due: (() => void)[] = [];
  const listeners = new Set<() => void>();
  let asked = 0;
  const timers: Timers = {
    afterMs: (_, run) => {
      due.push(run);
      return () => void due.splice(0, due.length, ...due.filter((other) => other !== run));
    },
  };
  const things = (): SelectableThings => {
    asked += 1;
    const cameras = [{ id: 'k' as CameraId, location: [108.002, 33] as LngLat, regionId: 'g' as RegionId }];
    return { cameras, regions: [], parents: new Map(), centers: [], incidents: [], positions: columns, ringsOf: () => null };
  };
  const selection = createMapSelection({
    ...{ timers, things },
    onThings: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    placeOf: () => [columns.lngLat[0] ?? 0, columns.lngLat[1] ?? 0],
  });
  return {
    ...{ selection, stand, listeners },
    counts: () => {
      const { contents } = selection.store.getState();
      return contents === null ? null : [contents.cameras.length, contents.responders.length];
    },
    asked: () => asked,
    tell: () => listeners.forEach((listener) => listener()),
    pass: () => due.splice(0).forEach((run) => run()),
  };
}

test('people who leave a circle leave its count, looked at once however often they move', () => {
  const { selection, stand, counts, tell, pass, asked } = open();
  selection.start('circle', { at: here, anchor: null });
  pass();
  const first = counts();
  stand([108.1, 33]);
  const before = asked();
  tell();
  tell();
  tell();
  pass();
  expect([first, counts(), asked() - before]).toEqual([[1, 1], [1, 0], 1]);
});

test('a circle around a person goes with him, until it is drawn somewhere else', () => {
  const { selection, stand, counts, tell, pass } = open();
  selection.start('circle', { at: here, anchor: somebody });
  stand([108.5, 33]);
  tell();
  pass();
  const followed = [counts(), selection.store.getState().area];
  selection.drawCircle({ at: here, radiusM: 804 });
  pass();
  expect([followed, counts(), selection.store.getState().area]).toEqual([
    [[0, 1], { kind: 'circle', at: [108.5, 33], radiusM: 800 }],
    [1, 0],
    { kind: 'circle', at: here, radiusM: 800 },
  ]);
});

test('keys draw what a mouse draws: a circle is moved and widened, a lasso set corner by corner', () => {
  const { selection, pass, counts } = open();
  selection.start('circle', { at: here, anchor: null });
  selection.resize('wider');
  selection.resize('narrower');
  selection.resize('narrower');
  selection.move({ eastM: 0, northM: 111_320 });
  selection.finish();
  const circle = selection.store.getState();
  expect([circle.tool, circle.area]).toEqual([null, { kind: 'circle', at: [108, 34], radiusM: 690 }]);
  selection.start('lasso', { at: here, anchor: null });
  selection.move({ eastM: -500, northM: -500 });
  selection.addPlace();
  selection.finish();
  expect(selection.store.getState().area).toBe(circle.area);
  for (const [eastM, northM] of [
    [1_000, 0],
    [0, 2_000],
  ] as const) {
    selection.move({ eastM, northM });
    selection.addPlace();
  }
  selection.move({ eastM: -9_000, northM: 0 });
  selection.addPlace();
  selection.dropPlace();
  selection.finish();
  pass();
  const { area, tool } = selection.store.getState();
  expect([tool, area?.kind, area?.kind === 'lasso' ? area.ring.length : 0, counts()]).toEqual([null, 'lasso', 3, [1, 1]]);
});

test('a measured line is as long as its parts and the way to the cursor', () => {
  const { selection } = open();
  selection.start('measure', { at: here, anchor: null });
  selection.addPlace();
  selection.move({ eastM: 300, northM: 400 });
  selection.addPlace();
  selection.move({ eastM: 0, northM: -400 });
  const { line } = selection.store.getState();
  expect(Math.round(line === null ? 0 : lineMetres(line))).toBe(900);
});

test('after it is cleared nobody listens and nothing is worked out', () => {
  const { selection, listeners, pass, asked } = open();
  selection.start('circle', { at: here, anchor: null });
  selection.clear();
  pass();
  expect([listeners.size, asked(), selection.store.getState()]).toEqual([
    0,
    0,
    { tool: null, area: null, anchor: null, line: null, contents: null },
  ]);
});

test('a step back takes the innermost thing: the line in hand, the tool, what is chosen; then there is nothing', () => {
  const { selection } = open();
  const state = () => {
    const { tool, line, area } = selection.store.getState();
    return [tool, line?.places.length ?? null, area?.kind ?? null];
  };
  selection.choose({ kind: 'circle', at: here, radiusM: 500 }, null);
  selection.start('lasso', { at: here, anchor: null });
  selection.addPlace(here);
  expect([selection.stepBack(), state()]).toEqual(['back', ['lasso', 0, 'circle']]);
  expect([selection.stepBack(), state()]).toEqual(['back', [null, null, 'circle']]);
  expect([selection.stepBack(), state()]).toEqual(['back', [null, null, null]]);
  expect(selection.stepBack()).toBe('nothing');
});

test('a circle in hand goes with its tool', () => {
  const { selection } = open();
  selection.start('circle', { at: here, anchor: null });
  selection.stepBack();
  expect(selection.store.getState()).toEqual({ tool: null, area: null, anchor: null, line: null, contents: null });
});

const told = { area: { kind: 'circle', at: here, radiusM: 500 }, anchor: null } as const;

test('what another map has chosen is chosen here with its counts; a lasso in hand stays in hand, a circle in hand gives way', () => {
  const { selection, pass, counts } = open();
  const state = () => {
    const { tool, area, line } = selection.store.getState();
    return [tool, area?.kind ?? null, line?.places.length ?? null];
  };
  selection.start('lasso', { at: here, anchor: null });
  selection.addPlace(here);
  selection.take(told);
  pass();
  expect([state(), counts()]).toEqual([
    ['lasso', 'circle', 1],
    [1, 1],
  ]);
  selection.clear();
  selection.start('circle', { at: here, anchor: null });
  selection.take({ area: { kind: 'region', regionId: 'g' as RegionId }, anchor: null });
  expect(state()).toEqual([null, 'region', null]);
  selection.take(null);
  expect([state(), selection.store.getState().contents]).toEqual([[null, null, null], null]);
});

test('a circle around a person that is told again where he was does not jump back there', () => {
  const { selection, stand, pass, tell } = open();
  const around = { ...told, anchor: somebody } as const;
  selection.take(around);
  stand([108.1, 33]);
  tell();
  pass();
  selection.take(around);
  const { area } = selection.store.getState();
  expect(area?.kind === 'circle' && area.at[0]).toBeCloseTo(108.1, 4);
  selection.take({ ...around, area: { ...told.area, radiusM: 900 } });
  expect(selection.store.getState().area).toMatchObject({ radiusM: 900 });
});
