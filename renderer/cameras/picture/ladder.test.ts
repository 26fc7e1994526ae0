import { expect, test } from 'vitest';
import type { PlayerKind } from '../players/index.ts';
import { createLadder, type Ladder, type RungFault } from './ladder.ts';

const ladderOf = ({ kinds = ['push', 'hls'], hasSub = true }: { kinds?: readonly PlayerKind[]; hasSub?: boolean } = {}) =>
  createLadder({ quality: 'main', kindsFor: () => kinds, hasSub: () => hasSub });
const at = (ladder: Ladder) => `${ladder.rung().quality} ${ladder.rung().kind}`;
const fail = (ladder: Ladder, fault: RungFault) => {
  for (let times = 0; times < 3; times += 1) ladder.failed(fault);
  return at(ladder);
};
/** Lives clean until it goes up; returns after how many minutes. */
const riseAfter = (ladder: Ladder, fromMs = 0) => {
  for (let minutes = 0; minutes < 60; minutes += 0.5) if (ladder.lived(fromMs + minutes * 60_000)) return minutes;
  return null;
};

test('a full picture that is not reached is tried in every way, then the small one', () => {
  const ladder = ladderOf();
  expect([at(ladder), fail(ladder, 'unreached'), fail(ladder, 'unreached'), fail(ladder, 'unreached'), fail(ladder, 'unreached')]).toEqual([
    'main push',
    'main hls',
    'sub push',
    'sub hls',
    'sub push',
  ]);
});

test('a full picture that cannot be decoded or comes too slowly is asked for smaller at once', () => {
  expect(fail(ladderOf(), 'undecodable')).toBe('sub push');
  expect(fail(ladderOf(), 'tooSlow')).toBe('sub push');
  expect(fail(ladderOf({ hasSub: false }), 'undecodable')).toBe('main hls');
});

test('one failure, or several with pictures between them, change nothing', () => {
  const ladder = ladderOf();
  for (let times = 0; times < 9; times += 1) {
    ladder.failed('tooSlow');
    ladder.failed('tooSlow');
    ladder.lived(times);
  }
  expect({ rung: at(ladder), reason: ladder.reason() }).toEqual({ rung: 'main push', reason: null });
});

test('goes up after two clean minutes; each time in vain it waits twice as long, up to sixteen minutes', () => {
  const ladder = ladderOf();
  const waits = Array.from({ length: 6 }, (_, round) => {
    fail(ladder, 'tooSlow');
    return riseAfter(ladder, round * 10_000_000);
  });
  expect(waits).toEqual([2, 4, 8, 16, 16, 16]);
  expect(at(ladder)).toBe('main push');
});

test('a tile that grows small wants no more than it gets: nothing is lowered any more', () => {
  const ladder = ladderOf();
  ladder.starved();
  expect({ rung: at(ladder), isLowered: ladder.isLowered(), reason: ladder.reason() }).toEqual({
    rung: 'sub push',
    isLowered: true,
    reason: 'lineSlow',
  });
  ladder.want('sub');
  expect({ rung: at(ladder), isLowered: ladder.isLowered(), reason: ladder.reason() }).toEqual({
    rung: 'sub push',
    isLowered: false,
    reason: null,
  });
});
