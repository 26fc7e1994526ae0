import { expect, test } from 'vitest';
import { Gazetteer } from './gazetteer.ts';

const place = {
  kind: 'village',
  name: '沿河村',
  nameEn: 'Yanhe Village',
  spelling: { pinyin: 'yanhecun', initials: 'yhc' },
  at: [108.27, 33.28],
  rank: 3,
  regionId: 'anlan-v004',
};

test('names with places are read; a place off the earth or a name with hidden directions is not', () => {
  const readable = (changed: object) => Gazetteer.safeParse({ version: 1, places: [{ ...place, ...changed }] }).success;
  expect([readable({}), readable({ at: [33.28, 108.27] }), readable({ name: '沿\u202E河' }), readable({ rank: -1 })]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
