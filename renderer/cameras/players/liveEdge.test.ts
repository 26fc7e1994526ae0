import { describe, expect, test } from 'vitest';
import { type BufferedRange, decideEdge, pushEdge } from './liveEdge.ts';

const decide = (currentS: number, buffered: readonly BufferedRange[], rate = 1) =>
  decideEdge({ currentS, rate, buffered, target: pushEdge(0.25) });
const decideJoined = (currentS: number, buffered: readonly BufferedRange[], rate = 1) =>
  decideEdge({ currentS, rate, buffered, target: pushEdge(0.5) });

describe('staying at the live edge', () => {
  test('a player without anything buffered waits where it is', () => {
    expect(decide(0, [])).toEqual({ kind: 'stay' });
  });

  test('the first picture is looked for near the newest one, wherever the stream begins', () => {
    expect(decide(0, [{ startS: 4000, endS: 4002 }])).toEqual({ kind: 'seek', toS: 4001.2 });
    expect(decide(0, [{ startS: 4000, endS: 4000.4 }])).toEqual({ kind: 'seek', toS: 4000 });
  });

  test('a little behind plays faster until it is near again, then at its own pace', () => {
    expect(decide(8.5, [{ startS: 0, endS: 10 }])).toEqual({ kind: 'rate', rate: 1.3 });
    expect(decide(7.5, [{ startS: 0, endS: 10 }])).toEqual({ kind: 'rate', rate: 1.5 });
    expect(decide(8.5, [{ startS: 0, endS: 10 }], 1.5)).toEqual({ kind: 'rate', rate: 1.3 });
    expect(decide(9, [{ startS: 0, endS: 10 }], 1.3)).toEqual({ kind: 'stay' });
    expect(decide(9.3, [{ startS: 0, endS: 10 }], 1.3)).toEqual({ kind: 'rate', rate: 1 });
  });

  test('too near, where a late fragment would find it waiting, it plays slower until there is enough again', () => {
    const media = [{ startS: 0, endS: 10 }];
    expect([decide(9.69, media), decide(9.71, media), decide(9.31, media, 0.9), decide(9.29, media, 0.9)]).toEqual([
      { kind: 'stay' },
      { kind: 'rate', rate: 0.9 },
      { kind: 'stay' },
      { kind: 'rate', rate: 1 },
    ]);
  });

  test('a player of joined fragments that ran dry has enough again after some of them, also when the next are due', () => {
    let [currentS, endS, rate, leastS] = [10, 10.5, 1, Number.POSITIVE_INFINITY];
    for (let tick = 0; tick < 40; tick += 1) {
      const move = decideJoined(currentS, [{ startS: 0, endS }], rate);
      if (move.kind === 'rate') rate = move.rate;
      currentS += rate * 0.5;
      if (tick > 8) leastS = Math.min(leastS, endS - currentS);
      endS += 0.5;
    }
    expect([decideJoined(9.46, [{ startS: 0, endS: 10 }]), rate, leastS > 0.2]).toEqual([{ kind: 'rate', rate: 0.9 }, 1, true]);
  });

  test('within its bounds a player is left alone, also one that is steered a little', () => {
    expect([1, 0.94, 1.06].map((rate) => decide(9, [{ startS: 0, endS: 10 }], rate))).toEqual(Array(3).fill({ kind: 'stay' }));
  });

  test('more than three seconds behind is skipped', () => {
    expect(decide(6.9, [{ startS: 0, endS: 10 }])).toEqual({ kind: 'seek', toS: 9.2 });
  });

  test('a hole in the media is jumped over as soon as there is something behind it', () => {
    const hole = [
      { startS: 0, endS: 5 },
      { startS: 6, endS: 6.5 },
    ];
    expect(decide(5, hole)).toEqual({ kind: 'seek', toS: 6.001 });
    expect(decide(4.9, hole, 1.3)).toEqual({ kind: 'stay' });
  });

  test('a player that has played out everything waits for more', () => {
    expect(decide(10, [{ startS: 0, endS: 10 }])).toEqual({ kind: 'stay' });
  });
});
