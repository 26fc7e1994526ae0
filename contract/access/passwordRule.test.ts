import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNewPassword, passwordRule } from './passwordRule.ts';

const words = ['wangjianguo', '王建国', 'wang', '安澜县', 'Anlan County', 'anlanxian'];
const judged = (password: string, old: string | null = null) => {
  const result = checkNewPassword({ password, old, words });
  return result.ok ? 'fine' : result.refusal.code.replace('access.password', '');
};

describe('a password of one’s own', () => {
  test.each([
    ['a long password', 'fine'],
    ['夜班第三盏灯亮到天明', 'fine'],
    ['7gh2-Kestrel', 'fine'],
    ['short', 'Short'],
    ['Wang1949!xyz', 'NamesYou'],
    ['值班王建国二零二六年', 'NamesYou'],
    ['anlan-county-9F', 'NamesYou'],
    ['Anlan County 9F', 'NamesYou'],
    ['aaaaaaaaaaaa', 'Pattern'],
    ['1234567890', 'Pattern'],
    ['9876543210', 'Pattern'],
    ['qwertyuiop', 'Pattern'],
    ['abcd1234efgh', 'Pattern'],
    ['abcdeabcdeabcde', 'Pattern'],
    ['xK7!xK7!xK7!', 'Pattern'],
  ])('%s: %s', (password, verdict) => {
    expect(judged(password)).toBe(verdict);
  });

  test('is not the one it replaces', () => {
    expect([judged('a long password', 'a long password'), judged('a long password', 'another one of his')]).toEqual(['NotNew', 'fine']);
  });

  test('is never refused for what is drawn at random, unless it is short', () => {
    const drawn = fc.array(fc.constantFrom(...'bdfhkmprtwz2579BDFHKMPRTWZ'), { minLength: 16, maxLength: 24 });
    fc.assert(
      fc.property(drawn, (characters) => {
        fc.pre(new Set(characters.map((each) => each.toLowerCase())).size >= 9);
        const verdict = judged(characters.join(''));
        return verdict === 'fine' || verdict === 'NamesYou';
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  test('has its least length counted in characters, not in bytes', () => {
    expect([judged('灯'.repeat(2)), [...'夜班第三盏灯亮到天明'].length]).toEqual(['Short', passwordRule.leastLength]);
  });
});
