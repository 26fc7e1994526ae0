import { expect, test } from 'vitest';
import { sayShort } from './builds.mjs';

test('behind a step stands what its program is at, without the name twice', () => {
  const said: string[] = [];
  for (const line of [
    'demo pictures: drawing 9 of 9 loops once, because ...',
    '2/9  0111 云岭林场 2 号塔 (forestTower, night)  3.6 MB  20 s',
    'map of the demo: terrain tiles',
  ]) {
    sayShort({ line, say: (note) => void said.push(note) });
  }
  expect(said).toEqual(['2/9 0111 云岭林场 2 号塔 (forestTower, night) 3.6 MB 20 s', 'terrain tiles']);
});
