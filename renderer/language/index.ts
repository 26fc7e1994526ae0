export { durationParts, hourIn, type TimeStyle, timeText } from './timeText.ts';
export { useTexts } from './useTexts.ts';
export { openWords, refusalText, type TextFeature, type Words } from './words.ts';
