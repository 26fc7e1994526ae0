import { expect, test } from 'vitest';
import { type DrawingCommand, DrawingId } from '#contract/map/index.ts';
import { granted, type LngLat, type RegionId } from '#contract/values/index.ts';
import type { DirectoryCopy } from '../../directory/index.ts';
import { createDrawingTools } from './drawingTools.ts';
import { shownDrawings } from './shownDrawings.ts';

const square = (west: number, east: number): readonly (readonly LngLat[])[] => [
  [
    [west, 33],
    [east, 33],
    [east, 34],
    [west, 34],
  ],
];
const outlines = new Map([
  ['county', square(108, 110)],
  ['g1', square(108, 109)],
  ['g2', square(109, 110)],
]);
const regions = new Map([
  ['county', { id: 'county', level: 'county' }],
  ['g1', { id: 'g1', level: 'grid' }],
  ['g2', { id: 'g2', level: 'grid' }],
]);
const copy = { regions, tree: { roots: [{ region: { id: 'county' } }] } } as unknown as DirectoryCopy;

function open() {
  const asked: DrawingCommand[] = [];
  let count = 0;
  const tools = createDrawingTools({
    ask: async (command) => {
      asked.push(command);
      return granted(null);
    },
    directory: () => copy,
    ringsOf: (id: RegionId) => outlines.get(id) ?? null,
    newId: () => `01890000-0000-7000-8000-${String((count += 1)).padStart(12, '0')}`,
  });
  return { tools, asked };
}

const drawnWith = (tool: 'arrow' | 'area' | 'text', points: readonly LngLat[]) => {
  const { tools, asked } = open();
  tools.pick(tool);
  for (const point of points) tools.addPoint(point);
  tools.finish();
  return { tools, asked };
};

test('what is drawn belongs to the smallest region that holds all of it', () => {
  const cases: readonly (readonly LngLat[])[] = [
    [
      [108.2, 33.5],
      [108.4, 33.5],
    ],
    [
      [108.8, 33.5],
      [109.2, 33.5],
    ],
    [
      [109.8, 33.5],
      [111, 33.5],
    ],
  ];
  const found = cases.map((points) => drawnWith('arrow', points).asked.map((command) => command.type === 'map.draw' && command.regionId));
  expect(found).toEqual([['g1'], ['county'], ['county']]);
});

test('too few points ask for nothing, and a text waits for its words', () => {
  expect(drawnWith('arrow', [[108.2, 33.5]]).asked).toEqual([]);
  const { tools, asked } = drawnWith('text', [[108.2, 33.5]]);
  expect([asked, tools.store.getState().refusal]).toEqual([[], { code: 'map.textMissing' }]);
  tools.setWords(' 集结点 ');
  tools.addPoint([108.2, 33.5]);
  expect(asked.map((command) => command.type === 'map.draw' && command.shape.text)).toEqual(['集结点']);
});

test('undo takes back a point of what is in hand, then what was drawn last from here', () => {
  const { tools, asked } = drawnWith('arrow', [
    [108.2, 33.5],
    [108.4, 33.5],
  ]);
  tools.addPoint([108.5, 33.5]);
  tools.undo();
  expect([tools.store.getState().points, asked.length]).toEqual([[], 1]);
  tools.undo();
  tools.undo();
  const [drawn, erased] = asked;
  expect([asked.length, erased]).toEqual([2, { type: 'map.eraseDrawing', id: drawn?.id }]);
});

test('one that was not taken is asked for again as a new one, of the region that holds it now', () => {
  const { tools, asked } = open();
  const shape = {
    kind: 'arrow',
    points: [
      [108.2, 33.5],
      [108.4, 33.5],
    ],
    text: null,
  } as const;
  const before = { type: 'map.draw', id: '01890000-0000-7000-8000-000000000099', regionId: 'g2', hours: 8, shape };
  tools.again(before as never);
  tools.undo();
  const again = { ...before, id: '01890000-0000-7000-8000-000000000001', regionId: 'g1' };
  expect(asked).toEqual([again, { type: 'map.eraseDrawing', id: again.id }]);
});

test('what waits to be sent is shown as waiting, what waits to be erased is gone, what ends soon fades', () => {
  const { asked } = drawnWith('arrow', [
    [108.2, 33.5],
    [108.4, 33.5],
  ]);
  const [command] = asked;
  if (command?.type !== 'map.draw') throw new Error('nothing was drawn');
  const territory = { regionId: command.regionId, townId: null, villageId: null };
  const standing = { ...command.shape, ...territory, id: command.id, authorId: 'wang' as never, drawnAtMs: 0, expiresAtMs: 10_000 };
  const drawings = new Map([[command.id, standing]]);
  const looks = (shown: Partial<Parameters<typeof shownDrawings>[0]>) =>
    shownDrawings({ drawings, waiting: [], draft: null, nowMs: 0, ...shown }).map(({ look }) => look);
  expect([
    looks({}),
    looks({ nowMs: 9_500 }),
    looks({ nowMs: 10_000 }),
    looks({ drawings: new Map(), waiting: [{ command }] }),
    looks({ waiting: [{ command }] }),
    looks({ waiting: [{ command: { type: 'map.eraseDrawing', id: command.id } }] }),
    looks({ drawings: new Map(), refused: [{ command }] }),
  ]).toEqual([['standing'], ['fading'], [], ['waiting'], ['standing'], [], ['refused']]);
});

test('a step back takes the innermost thing: places in hand, the tool, the bar', () => {
  const { tools } = open();
  const state = () => {
    const { isOpen, tool, points, selected } = tools.store.getState();
    return [isOpen, tool, points.length, selected];
  };
  const id = DrawingId.parse('01890000-0000-7000-8000-000000000009');
  tools.open('open');
  tools.pick('line');
  tools.addPoint([108.2, 33.5]);
  tools.stepBack();
  expect(state()).toEqual([true, 'line', 0, null]);
  tools.stepBack();
  expect(state()).toEqual([true, null, 0, null]);
  tools.select(id);
  tools.stepBack();
  expect(state()).toEqual([true, null, 0, null]);
  tools.stepBack();
  expect(state()).toEqual([false, null, 0, null]);
});
