import { describe, expect, test } from 'vitest';
import { memoryTree } from './findings.mjs';
import { checkWords } from './words.mjs';

const host = ['registry', 'npmjs', 'org'].join('.');
const home = ['', 'home', 'anna'].join('/');

describe('the word check', () => {
  test('finds a registry host, also in the lock file', () => {
    const tree = memoryTree({ 'package-lock.json': `{\n "resolved": "https://${host}/x"\n}`, 'docs/a.md': 'fine' });
    expect(checkWords(tree)).toEqual([`package-lock.json:2: ${host} is a registry host: every machine has its own mirror`]);
  });

  test('finds a path of one machine', () => {
    expect(checkWords(memoryTree({ 'tools/x.mjs': `const a = 1;\nopen('${home}/wall');` }))).toEqual([
      `tools/x.mjs:2: ${home} is a path of one machine`,
    ]);
  });

  test('leaves web addresses and relative paths alone', () => {
    expect(checkWords(memoryTree({ 'docs/a.md': 'https://example.org/home/anna and ../home/anna and ./root/x' }))).toEqual([]);
  });

  test.each(['main/wall/utils.ts', 'main/helpers/scene.ts', 'renderer/map/LayerManager.ts', 'contract/common.test.ts'])(
    'finds the empty name in %s',
    (file) => {
      expect(checkWords(memoryTree({ [file]: '' }))).toHaveLength(1);
    },
  );

  test.each(['main/wall/applyScene.ts', 'tsconfig.base.json', 'platform/storage/database.ts'])('accepts the name %s', (file) => {
    expect(checkWords(memoryTree({ [file]: '' }))).toEqual([]);
  });
});
