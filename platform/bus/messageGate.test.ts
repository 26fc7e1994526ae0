import { expect, test } from 'vitest';
import { createHandPorts } from '../record/testing/handPorts.ts';
import { createMessageGate } from './messageGate.ts';

function open() {
  const hand = createHandPorts();
  return { ...hand, judge: createMessageGate({ clock: hand.clock }) };
}
const answer = () => {};

test('a message of a known shape passes', () => {
  const { judge } = open();
  expect(judge('attach', [{ session: null }, answer])).toEqual({
    kind: 'passed',
    passed: { event: 'attach', message: { session: null }, answer },
  });
});

test.each([
  ['an unknown event', 'noSuchEvent', [{}, answer]],
  ['the key constructor', 'constructor', [{}, answer]],
  ['the key __proto__', '__proto__', [{}, answer]],
  ['a wrong shape', 'attach', [{ session: 5 }, answer]],
  ['an added field', 'clock', [{ extra: 1 }, answer]],
  ['a __proto__ field', 'clock', [JSON.parse('{"__proto__":{"isAdmin":true}}'), answer]],
  ['no acknowledgement', 'clock', [{}]],
  ['no message', 'clock', [answer]],
  ['two messages', 'clock', [{}, {}, answer]],
])('%s is a strike', (_name, event, given) => {
  expect(open().judge(event, given)).toMatchObject({ kind: 'strike', isOver: false });
});

test('the log is told what was wrong and where, and no more of it than fits a line', () => {
  const { judge } = open();
  const places = [{ feed: 'county/al', position: { feed: 'county/al', epoch: 'e', seq: -1, hash: '0'.repeat(64) } }];
  const whys = [judge('resume', [{ places }, answer]), judge('clock', [{ ['x'.repeat(60_000)]: 1 }, answer])].map((verdict) =>
    verdict.kind === 'strike' ? verdict.why : '',
  );
  expect([whys[0], whys[1]?.length]).toEqual([expect.stringMatching(/^resume\.places\.0\.position\.seq: /), 200]);
});

test('the third strike is the last', () => {
  const { judge } = open();
  const verdicts = [1, 2, 3].map(() => judge('clock', [null, answer]));
  expect(verdicts.map((verdict) => verdict.kind === 'strike' && verdict.isOver)).toEqual([false, false, true]);
});

test('a flood closes the connection, a busy second does not', () => {
  const { judge, advanceMs } = open();
  const ask = () => judge('clock', [{}, answer]).kind;
  const busy = [...Array.from({ length: 2_000 }, ask)];
  advanceMs(1_000);
  const next = Array.from({ length: 2_001 }, ask);
  expect([busy.every((kind) => kind === 'passed'), next.slice(0, 2_000).every((kind) => kind === 'passed'), next[2_000]]).toEqual([
    true,
    true,
    'strike',
  ]);
});
