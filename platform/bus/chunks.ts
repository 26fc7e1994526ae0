import type { FeedFact } from '#contract/record/index.ts';

/** A message's facts or snapshot text stay below this: 256 KiB a message less its envelope (protocol.md, "Reading"). Unit: bytes. */
export const chunkBytes = 200 * 1024;

/** Facts per message at most (contract: 2000). */
export const factsPerMessage = 1_000;

/** Characters per snapshot chunk: three bytes each at the worst (a quote or backslash takes two, a Chinese character three). */
const textPerChunk = Math.floor(chunkBytes / 3) - 1024;

/** A fact without its payload is far shorter than this; a character takes six bytes at the very worst (`\ud800`). */
const mostBytes = ({ fact }: FeedFact) => 1_024 + fact.payload.length * 6;

/** How many of these facts, from the first one on, fit into one message; at least one. */
export function fitting(facts: readonly FeedFact[]): readonly FeedFact[] {
  // The few facts of a usual commit go to every desk: they are not written out once more only to be measured.
  if (facts.reduce((sum, fact) => sum + mostBytes(fact), 0) <= chunkBytes) return facts;
  let bytes = 0;
  const end = facts.findIndex((fact, index) => {
    bytes += Buffer.byteLength(JSON.stringify(fact)) + 1;
    return index > 0 && (bytes > chunkBytes || index >= factsPerMessage);
  });
  return end === -1 ? facts : facts.slice(0, end);
}

/** Cuts a snapshot's text; at least one chunk. A surrogate pair may be cut: JSON escapes a lone half and the pieces join again. */
export function cutText(text: string): readonly string[] {
  const count = Math.max(1, Math.ceil(text.length / textPerChunk));
  return Array.from({ length: count }, (_, index) => text.slice(index * textPerChunk, (index + 1) * textPerChunk));
}
