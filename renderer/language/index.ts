export { hourIn, type TimeStyle } from './timeText.ts';
export { useTexts } from './useTexts.ts';
export { openWords, refusalText, type TextFeature, type Words } from './words.ts';
