export { changeSpan, type JoinedDisplays, joinCommand, joinedCanvas, spanIdOf, spanOfDisplay, splitCommand } from './joinDisplays.ts';
export { SpanWords } from './SpanWords.tsx';
export { type Span, useSpan } from './useSpan.ts';
