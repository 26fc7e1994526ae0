import { expect, test } from 'vitest';
import { openWords } from '../language/index.ts';
import { tileText } from './rowTexts.ts';

test.each([
  ['zh', ['指挥席预览', 'HDMI-1 屏 36 号格', 'somewhere/else']],
  ['en', ['console preview', 'HDMI-1, cell 36', 'somewhere/else']],
] as const)('an auditor reads in %s where a look was shown, cells counted as on the wall', async (language, texts) => {
  const { i18n } = await openWords({ features: ['audit'], language });
  expect(['console/preview', 'HDMI-1/35', 'somewhere/else'].map((tile) => tileText(tile, i18n.t))).toEqual(texts);
});
