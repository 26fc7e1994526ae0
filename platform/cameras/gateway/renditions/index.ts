export { ffmpegArguments } from './ffmpegOutput.ts';
export { type RenditionAsked, renditionOf, sourceKey } from './sourceKey.ts';
export { createTranscodeBudget, type TranscodeBudget, type TranscodeLimits, usualTranscoding } from './transcodeBudget.ts';
