import { describe, expect, test } from 'vitest';
import { type LngLat, PersonId, RegionId } from '#contract/values/index.ts';
import {
  decideDrawing,
  DrawingCommand,
  type DrawingFact,
  DrawingId,
  type DrawingShape,
  drawingsAt,
  type DrawingsState,
  evolveDrawings,
} from './drawings.ts';

const territory = { regionId: RegionId.parse('g-1'), townId: RegionId.parse('t-1'), villageId: RegionId.parse('v-1') };
const [wang, li] = [PersonId.parse('wang'), PersonId.parse('li')];
const idOf = (number: number) => DrawingId.parse(`01890000-0000-7000-8000-${String(number).padStart(12, '0')}`);
const hourMs = 3_600_000;
const line: LngLat[] = [
  [108, 33],
  [108.1, 33],
];
const arrow: DrawingShape = { kind: 'arrow', points: line, text: null };

/** Decides and folds, as the platform does. */
function room() {
  let state: DrawingsState = new Map();
  const told: DrawingFact[] = [];
  return {
    told,
    state: () => state,
    ask: (command: DrawingCommand, { by = wang, nowMs = 0, mayClear = false } = {}) => {
      const decided = decideDrawing(state, { command, by, nowMs, mayClear, territory, holds: ([lng]) => lng < 120 });
      if (!decided.ok) return decided.refusal.code;
      for (const draft of decided.value) {
        const fact = { ...draft, atMs: nowMs } as DrawingFact;
        told.push(fact);
        state = evolveDrawings(state, fact);
      }
      return decided.value.map(({ type }) => type);
    },
    shown: (nowMs: number) => drawingsAt(state, nowMs).map(({ id, kind }) => [id, kind]),
  };
}

const draw = (number: number, shape = arrow, hours = 2): DrawingCommand => ({
  ...{ type: 'map.draw', id: idOf(number), shape, hours, regionId: territory.regionId },
});
const erase = (number: number): DrawingCommand => ({ type: 'map.eraseDrawing', id: idOf(number) });

describe('drawings on the map', () => {
  test('what is drawn stands until its hours are over, with who drew it and when', () => {
    const { ask, state, shown } = room();
    expect([
      ask(draw(1), { nowMs: 10 }),
      ask(draw(2, { kind: 'text', points: [[108, 33]], text: '集结点' }, 1), { by: li, nowMs: 20 }),
    ]).toEqual([['map.drawn'], ['map.drawn']]);
    expect(state().get(idOf(2))).toMatchObject({ authorId: li, drawnAtMs: 20, expiresAtMs: 20 + hourMs, text: '集结点' });
    expect(shown(hourMs)).toHaveLength(2);
    expect(shown(hourMs + 20)).toEqual([[idOf(1), 'arrow']]);
    expect(shown(2 * hourMs + 10)).toEqual([]);
  });

  test('its author takes it back; others only where they may clear, and the fact says which', () => {
    const { ask, told } = room();
    ask(draw(1));
    ask(draw(2));
    expect(ask(erase(1), { by: li })).toBe('map.notYourDrawing');
    expect(ask(erase(1))).toEqual(['map.drawingErased']);
    expect(ask(erase(1))).toBe('map.drawingGone');
    expect(ask(erase(2), { by: li, mayClear: true })).toEqual(['map.drawingErased']);
    expect(told[3]?.payload).toMatchObject(territory);
    expect(told.slice(2).map(({ payload }) => 'why' in payload && payload.why)).toEqual(['undone', 'cleared']);
  });

  test('what is no drawing is refused, and nothing changes', () => {
    const { ask, shown } = room();
    ask(draw(1));
    expect([
      ask(draw(2, { ...arrow, points: line.slice(0, 1) })),
      ask(draw(3, { ...arrow, kind: 'area' })),
      ask(draw(4, { kind: 'text', points: line, text: null })),
      ask(draw(5, { ...arrow, points: [...line, [121, 33]] })),
      ask(draw(1)),
    ]).toEqual(['map.tooFewPoints', 'map.tooFewPoints', 'map.textMissing', 'map.outsideRegion', 'map.alreadyDrawn']);
    expect(shown(0)).toHaveLength(1);
  });

  test('an area that crosses itself, one of a single place and a line around the other side of the earth are refused by name', () => {
    const { ask, shown } = room();
    const bowTie: LngLat[] = [
      [108, 33],
      [108.1, 33.1],
      [108.1, 33],
      [108, 33.1],
    ];
    const square = [bowTie[0]!, bowTie[2]!, bowTie[1]!, bowTie[3]!];
    const around: LngLat[] = [
      [-179, 33],
      [110, 33],
    ];
    expect([
      ask(draw(1, { kind: 'area', points: bowTie, text: null })),
      ask(draw(2, { kind: 'area', points: [line[0]!, line[0]!, line[0]!], text: null })),
      ask(draw(3, { ...arrow, points: around })),
      ask(draw(4, { kind: 'area', points: square, text: null })),
      ask(draw(5, { kind: 'line', points: bowTie, text: null })),
    ]).toEqual(['map.crossesItself', 'map.tooFewPoints', 'map.overDateLine', ['map.drawn'], ['map.drawn']]);
    expect(shown(0)).toHaveLength(2);
  });

  test('there is room for five hundred; those whose time is over leave theirs', () => {
    const { ask, state } = room();
    for (let number = 0; number < 500; number += 1) ask(draw(number, arrow, number === 0 ? 1 : 2));
    expect(ask(draw(500))).toBe('map.tooManyDrawings');
    expect(ask(draw(500), { nowMs: hourMs })).toEqual(['map.drawn']);
    expect(state().has(idOf(0))).toBe(false);
  });

  test.each([
    ['two hundred and one points', { ...draw(1), shape: { ...arrow, points: Array.from({ length: 201 }, () => [108, 33]) } }],
    ['a text that turns around', { ...draw(1), shape: { ...arrow, text: '集\u202E合' } }],
    ['no end', { ...draw(1), hours: 1_000 }],
    ['axes swapped', { ...draw(1), shape: { ...arrow, points: [[33, 108]] } }],
    ['a place that is no number', { ...draw(1), shape: { ...arrow, points: [[108, Number.NaN], line[0]] } }],
    ['a place off the earth', { ...draw(1), shape: { ...arrow, points: [[181, 33], line[0]] } }],
    ['an id of its own kind', { ...draw(1), id: 'constructor' }],
  ])('a drawing with %s is no command', (_, command) => {
    expect(DrawingCommand.safeParse(command).success).toBe(false);
  });
});
