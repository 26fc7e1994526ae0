import { describe, expect, test } from 'vitest';
import { type Lifts, upcast } from './upcast.ts';

// A town's name became an id in version 2, and got its county in version 3.
const table: Lifts = new Map([
  [
    'places.named',
    [
      (payload) => ({ id: `town-${(payload as { name: string }).name}` }),
      (payload) => ({ ...(payload as { id: string }), county: 'anlan' }),
    ],
  ],
]);
const lift = (v: number, payload: unknown) => upcast({ type: 'places.named', v, payload, newest: 3, table });

describe('a payload', () => {
  test('is lifted from where it is to the newest version, step by step', () => {
    expect([lift(1, { name: 'a' }), lift(2, { id: 'town-a' }), lift(3, { id: 'town-a', county: 'anlan' })]).toEqual([
      { id: 'town-a', county: 'anlan' },
      { id: 'town-a', county: 'anlan' },
      { id: 'town-a', county: 'anlan' },
    ]);
  });

  test('of a version to come, or of none, is not guessed', () => {
    expect([lift(4, {}), lift(0, {}), upcast({ type: 'places.other', v: 1, payload: {}, newest: 2, table })]).toEqual([null, null, null]);
  });
});
