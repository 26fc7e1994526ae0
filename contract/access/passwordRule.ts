import { granted, type Result, refused } from '#contract/values/index.ts';

/**
 * What a password that somebody chooses must be: at least `leastLength` characters, not made of a name that everybody knows, and not a
 * pattern. There is no list of leaked passwords: this works without the internet (NIST SP 800-63B, 5.1.1.2, but for that list).
 */
export const passwordRule = { leastLength: 10, mostLength: 256, leastDifferent: 5, leastUnpredictable: 6 } as const;

/** Words shorter than this are in too many good passwords. Han characters say more each. */
const leastWord = { latin: 3, han: 2 } as const;
/** Neighbours on a keyboard and in the alphabet, followed in either direction. */
const rows = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
/** From so many on, characters that follow each other by such a rule count as one. */
const leastRun = 3;

/**
 * Judges a new password. `words` are the names that must not be in it (account, person, county, in their spellings), `old` the one it
 * replaces. Refusals: `access.passwordShort`, `access.passwordNotNew`, `access.passwordNamesYou`, `access.passwordPattern`.
 */
export function checkNewPassword({
  password,
  old,
  words,
}: {
  password: string;
  old: string | null;
  words: readonly string[];
}): Result<null> {
  const characters = [...password.toLowerCase()];
  const { leastLength, leastDifferent, leastUnpredictable } = passwordRule;
  if (characters.length < leastLength) return refused('access.passwordShort', { least: leastLength });
  if (password === old) return refused('access.passwordNotNew');
  if (namesOf(words).some((name) => squeezed(password).includes(name))) return refused('access.passwordNamesYou');
  const isPattern = new Set(characters).size < leastDifferent || unpredictable(withoutRepeats(characters)) < leastUnpredictable;
  return isPattern ? refused('access.passwordPattern') : granted(null);
}

/** Names as they are looked for: without case and spaces, and long enough to mean something. */
function namesOf(words: readonly string[]): readonly string[] {
  return words.map(squeezed).filter((word) => word.length >= (/\p{Script=Han}/u.test(word) ? leastWord.han : leastWord.latin));
}

function squeezed(text: string): string {
  return text.toLowerCase().replaceAll(/[\s._-]/g, '');
}

/** The shortest block that the whole is a repetition of. */
function withoutRepeats(characters: readonly string[]): readonly string[] {
  for (let length = 1; length <= characters.length / 2; length += 1) {
    if (characters.every((character, index) => character === characters[index % length])) return characters.slice(0, length);
  }
  return characters;
}

/** How many characters are left when each run of predictable ones counts as one. */
function unpredictable(characters: readonly string[]): number {
  let left = 0;
  let run = 0;
  for (const [index, character] of characters.entries()) {
    const before = characters[index - 1];
    const isFollowing = before !== undefined && follows({ before, character, earlier: run >= 2 ? characters[index - 2] : undefined });
    run = isFollowing ? run + 1 : 1;
    if (run < leastRun) left += 1;
    else if (run === leastRun) left -= 1;
  }
  return left;
}

/** Whether a character is what one expects after the one before: the same, or one step on along a row, in the direction of the run. */
function follows({ before, character, earlier }: { before: string; character: string; earlier: string | undefined }): boolean {
  const step = stepOf(before, character);
  return step !== null && (earlier === undefined || stepOf(earlier, before) === step);
}

function stepOf(from: string, to: string): number | null {
  if (from === to) return 0;
  for (const row of rows) {
    if (row.includes(from + to)) return 1;
    if (row.includes(to + from)) return -1;
  }
  return null;
}
