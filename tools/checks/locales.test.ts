import { describe, expect, test } from 'vitest';
import { memoryTree } from './findings.mjs';
import { checkLocales } from './locales.mjs';

const zh = 'assets/locales/zh/wall.json';
const en = 'assets/locales/en/wall.json';

function check(parts: { zh: object; en: object; code: string }): string[] {
  return checkLocales(memoryTree({ [zh]: JSON.stringify(parts.zh), [en]: JSON.stringify(parts.en), 'renderer/wall/Tile.tsx': parts.code }));
}

describe('the language check', () => {
  test('is content when both languages have what the code asks for', () => {
    const texts = { title: 'x', states: { live: 'x', stale: 'x' }, left_one: 'x', left_other: 'x', full: 'x' };
    const code = "t('wall:title'); t(`wall:states.${picture.kind}`); t('left', { count }); const code = 'wall.full';";
    expect(check({ zh: texts, en: texts, code })).toEqual([]);
  });

  test('finds a text that one language lacks', () => {
    expect(check({ zh: { a: 'x', b: 'x' }, en: { a: 'x', c: 'x' }, code: "t('wall:a') + t('wall:b')" })).toEqual([
      'assets/locales/en: wall:b is missing (zh has it)',
      'assets/locales/zh: wall:c is missing (en has it)',
    ]);
  });

  test('finds a text that nobody has', () => {
    expect(check({ zh: { a: 'x' }, en: { a: 'x' }, code: "t('wall:a'); t('wall:gone')" })).toEqual([
      "renderer/wall/Tile.tsx: t('wall:gone') asks for a text that zh does not have",
    ]);
  });

  test('finds a text that nobody asks for', () => {
    expect(check({ zh: { a: 'x', old: 'x' }, en: { a: 'x', old: 'x' }, code: "t('wall:a')" })).toEqual([
      'assets/locales/zh: wall:old is used nowhere',
    ]);
  });

  test('finds an empty text and a place that one language lost', () => {
    expect(check({ zh: { a: '{{name}} 离线', b: '' }, en: { a: 'offline', b: 'x' }, code: "t('wall:a') + t('wall:b')" })).toEqual([
      'assets/locales: wall:b is empty',
      'assets/locales: wall:a has the places {name} in zh and {} in en',
    ]);
  });

  test('knows a file that is read whole', () => {
    const code =
      "import zh from '#assets/locales/zh/wall.json' with { type: 'json' };\nconst { broken } = zh;\nshow(broken.title, zh.name);";
    const texts = { broken: { title: 'x', old: 'x' }, name: 'x' };
    expect(check({ zh: texts, en: texts, code })).toEqual(['assets/locales/zh: wall:broken.old is used nowhere']);
  });

  test('looks into the namespace that a component chose', () => {
    expect(check({ zh: { a: 'x' }, en: { a: 'x' }, code: "const { t } = useTranslation('wall'); t('a')" })).toEqual([]);
  });

  test('finds a refusal that nobody put into words', () => {
    const texts = JSON.stringify({ refusals: { noSuchCell: '没有这个分屏' } });
    const tree = memoryTree({
      [zh]: texts,
      [en]: texts,
      'contract/wall/rules.ts': "export type WallRefusalCode = 'wall.noSuchCell' | 'wall.cellEmpty';\n",
      'renderer/language/words.ts': 't(`${feature}:refusals.${reason}`)',
    });
    expect(checkLocales(tree)).toEqual(['assets/locales/zh: wall:refusals.cellEmpty is missing; the contract refuses with that code']);
  });
});
