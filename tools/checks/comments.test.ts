import { describe, expect, test } from 'vitest';
import { checkComments } from './comments.mjs';
import { memoryTree } from './findings.mjs';

describe('the comment check', () => {
  test('finds an exported symbol of the contract that nobody explained', () => {
    const text = '/** Explained. */\nexport const limit = 3;\n\nexport function applyScene() {}\n';
    expect(checkComments(memoryTree({ 'contract/wall/scene.ts': text }))).toEqual([
      'contract/wall/scene.ts:4: applyScene is read by other folders and has no doc comment',
    ]);
  });

  test('asks no words for a type that repeats the schema above it', () => {
    const text = '/** What a wall shows. */\nexport const Scene = z.object({});\nexport type Scene = z.infer<typeof Scene>;\n';
    expect(checkComments(memoryTree({ 'contract/wall/scene.ts': text }))).toEqual([]);
  });

  test.each([
    ['main/shell/ports.ts', 1],
    ['platform/ports.ts', 1],
    ['renderer/wall/index.ts', 1],
    ['main/wall/journal.ts', 0],
    ['contract/wall/rules.test.ts', 0],
  ])('in %s counts %i', (file, count) => {
    expect(checkComments(memoryTree({ [file]: 'export type Display = { key: string };\n' }))).toHaveLength(count);
  });
});
