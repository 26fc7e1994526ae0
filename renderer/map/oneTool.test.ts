import { expect, test } from 'vitest';
import { createPositionColumns } from '#contract/responders/index.ts';
import { granted, type LngLat } from '#contract/values/index.ts';
import { createDrawingTools } from './drawings/index.ts';
import { keepOneTool } from './oneTool.ts';
import { createMapSelection } from './selection/index.ts';

const here: LngLat = [108, 33];
const there: LngLat = [108.1, 33];

function open() {
  const positions = createPositionColumns({ size: 0, directoryRevision: 1 });
  const selection = createMapSelection({
    timers: { afterMs: () => () => {} },
    things: () => ({ cameras: [], regions: [], parents: new Map(), centers: [], incidents: [], positions, ringsOf: () => null }),
    onThings: () => () => {},
    placeOf: () => null,
  });
  const drawing = createDrawingTools({
    ask: async () => granted(null),
    directory: () => null,
    ringsOf: () => null,
    newId: () => '01890000-0000-7000-8000-000000000001',
  });
  keepOneTool({ selection, drawing });
  const inHand = () => {
    const { tool, points } = drawing.store.getState();
    const { tool: chooser, line, area } = selection.store.getState();
    return { draws: tool, points: points.length, chooses: chooser, places: line?.places.length ?? null, area: area?.kind ?? null };
  };
  return { selection, drawing, inHand };
}

test('a tool to draw with puts the one to choose with away, and what was chosen stays', () => {
  const { selection, drawing, inHand } = open();
  selection.choose({ kind: 'circle', at: here, radiusM: 500 }, null);
  selection.start('lasso', { at: here, anchor: null });
  selection.addPlace(here);
  drawing.open('open');
  expect(inHand()).toEqual({ draws: null, points: 0, chooses: 'lasso', places: 1, area: 'circle' });
  drawing.pick('line');
  expect(inHand()).toEqual({ draws: 'line', points: 0, chooses: null, places: null, area: 'circle' });
});

test('a tool to choose with puts the one to draw with away, with what it has in hand', () => {
  const { selection, drawing, inHand } = open();
  drawing.open('open');
  drawing.pick('area');
  drawing.addPoint(here);
  drawing.addPoint(there);
  selection.start('measure', { at: here, anchor: null });
  expect(inHand()).toEqual({ draws: null, points: 0, chooses: 'measure', places: 0, area: null });
  expect(drawing.store.getState().isOpen).toBe(true);
});
