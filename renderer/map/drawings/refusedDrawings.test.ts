import { expect, test } from 'vitest';
import type { WaitingCommand } from '#contract/bridge/index.ts';
import { DrawingCommand } from '#contract/map/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { createRefusedDrawings } from './refusedDrawings.ts';

const drawing = (last: number) =>
  DrawingCommand.parse({
    ...{ type: 'map.draw', id: `01890000-0000-7000-8000-00000000000${last}`, regionId: 'east', hours: 2 },
    shape: { kind: 'text', points: [[108.7, 33.3]], text: '集结点' },
  });
const outside: Refusal = { code: 'map.outsideRegion' };

function open(first: readonly (readonly [string, DrawingCommand])[] = []) {
  let waiting = first.map(([commandId, command]) => ({ commandId, command })) as unknown as readonly WaitingCommand[];
  let tellWaiting = () => {};
  let settle = (_: { commandId: string; refusal: Refusal | null }) => {};
  const again: string[] = [];
  const refused = createRefusedDrawings({
    waiting: () => waiting,
    onWaiting: (listener) => {
      tellWaiting = listener;
      return () => {};
    },
    onSettled: (listener) => {
      settle = listener;
      return () => {};
    },
    drawAgain: ({ id }) => again.push(id),
  });
  return {
    ...{ refused, again },
    ids: () => refused.store.getState().map(({ commandId, refusal }) => [commandId, refusal.code]),
    wait: (entries: readonly (readonly [string, DrawingCommand])[]) => {
      waiting = entries.map(([commandId, command]) => ({ commandId, command })) as unknown as readonly WaitingCommand[];
      tellWaiting();
    },
    settle: (commandId: string, refusal: Refusal | null) => settle({ commandId, refusal }),
  };
}

test('what the platform does not take is kept with its reason, though it waits no more when that is told; what it takes is not', () => {
  const { ids, wait, settle } = open();
  wait([
    ['c1', drawing(1)],
    ['c2', drawing(2)],
  ]);
  wait([]);
  settle('c1', null);
  settle('c2', outside);
  expect(ids()).toEqual([['c2', 'map.outsideRegion']]);
});

test('one that waited since before a restart is kept too; one that its author discarded, and what erases, are not', () => {
  const erase = DrawingCommand.parse({ type: 'map.eraseDrawing', id: '01890000-0000-7000-8000-000000000009' });
  const { ids, settle } = open([
    ['c1', drawing(1)],
    ['c2', drawing(2)],
    ['c3', erase],
  ]);
  settle('c1', outside);
  settle('c2', { code: 'link.discarded' });
  settle('c3', { code: 'map.drawingGone' });
  settle('c1', outside);
  expect(ids()).toEqual([['c1', 'map.outsideRegion']]);
});

test('a retry asks once and keeps nothing; what is dropped is gone without a word', () => {
  const { refused, again, ids, settle } = open([
    ['c1', drawing(1)],
    ['c2', drawing(2)],
  ]);
  settle('c1', outside);
  settle('c2', outside);
  refused.retry('c1');
  refused.retry('c1');
  refused.drop('c2');
  expect([again, ids()]).toEqual([['01890000-0000-7000-8000-000000000001'], []]);
});
