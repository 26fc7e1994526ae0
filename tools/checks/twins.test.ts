import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryTree } from './findings.mjs';
import { checkTwins, features } from './twins.mjs';

describe('the twin check', () => {
  test('is content with a feature that has its twin and its door', () => {
    const tree = memoryTree({ 'contract/wall/index.ts': '', 'main/wall/index.ts': '', 'contract/values/time.ts': '', 'main/app.ts': '' });
    expect(checkTwins(tree)).toEqual([]);
  });

  test('finds a feature that the contract does not know', () => {
    expect(checkTwins(memoryTree({ 'renderer/calls/index.ts': '' }))).toEqual([
      'renderer/calls: a feature without its twin contract/calls',
    ]);
  });

  test('finds a feature without a door', () => {
    expect(checkTwins(memoryTree({ 'contract/wall/rules.ts': '' }))).toEqual([
      'contract/wall: a feature opens through its index.ts, which is missing',
    ]);
  });

  test.each(['helpers', 'walls', 'constructor'])('finds the homeless folder %s', (folder) => {
    expect(checkTwins(memoryTree({ [`main/${folder}/index.ts`]: '' }))).toEqual([
      `main/${folder}: neither a feature nor a listed room; see tools/checks/twins.mjs`,
    ]);
  });

  test('finds a component outside of the renderer', () => {
    expect(checkTwins(memoryTree({ 'main/App.tsx': '' }))).toEqual(['main/App.tsx: .tsx lives in renderer/ alone']);
  });

  test('knows the same features as the linter that closes their doors', () => {
    const config = readFileSync(path.resolve(import.meta.dirname, '../../.oxlintrc.json'), 'utf8');
    const doors = /"room":\s*\[([^\]]*)\]/.exec(config)?.[1];
    expect(JSON.parse(`[${doors}]`)).toEqual(features);
  });
});
