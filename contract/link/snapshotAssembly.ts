import type { FeedMessage } from '#contract/bus/index.ts';
import type { Position } from '#contract/record/index.ts';

/** One numbered piece of a snapshot's JSON text. */
export type SnapshotChunk = Extract<FeedMessage, { kind: 'snapshot' }>;

/** Chunks of one snapshot so far, in order. */
export type SnapshotAssembly = { readonly position: Position; readonly chunks: number; readonly texts: readonly string[] };

/** Greatest snapshot that is taken, UTF-16 units: a platform gone mad must not eat the desk's memory. */
export const maxSnapshotLength = 64 * 1024 * 1024;

/** What came of one more chunk. */
export type AssemblyStep =
  | { readonly kind: 'more'; readonly assembly: SnapshotAssembly }
  | { readonly kind: 'whole'; readonly text: string }
  | { readonly kind: 'broken'; readonly why: string };

/** Adds the next chunk. Chunks come in order, one at a time, all for the same position; anything else is broken, never guessed. */
export function addChunk(assembly: SnapshotAssembly | null, chunk: SnapshotChunk): AssemblyStep {
  const before = assembly ?? { position: chunk.position, chunks: chunk.chunks, texts: [] };
  if (chunk.chunk !== before.texts.length) return { kind: 'broken', why: `chunk ${chunk.chunk} after ${before.texts.length}` };
  if (chunk.chunks !== before.chunks) return { kind: 'broken', why: `${chunk.chunks} chunks, not ${before.chunks}` };
  if (!isSamePlace(chunk.position, before.position)) return { kind: 'broken', why: 'another position' };
  const texts = [...before.texts, chunk.text];
  if (texts.reduce((length, text) => length + text.length, 0) > maxSnapshotLength) return { kind: 'broken', why: 'too long' };
  return texts.length === before.chunks ? { kind: 'whole', text: texts.join('') } : { kind: 'more', assembly: { ...before, texts } };
}

function isSamePlace(a: Position, b: Position): boolean {
  return a.feed === b.feed && a.epoch === b.epoch && a.seq === b.seq && a.hash === b.hash;
}
