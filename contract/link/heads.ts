import type { FeedName, Position } from '#contract/record/index.ts';
import type { FeedCursor } from './feedCursor.ts';

/** How a cursor stands to the platform's head of its feed. `behind.missing` counts the facts in between. */
export type HeadComparison =
  | { readonly kind: 'level' }
  | { readonly kind: 'behind'; readonly missing: number }
  | { readonly kind: 'otherHistory' };

/**
 * Compares one cursor with one head. Facts travel before the head that counts them, so whatever a head has and we do not was lost.
 * A head *behind* us, another epoch or another hash at our own place is another history: a restored backup shows itself like this.
 */
export function compareHead(cursor: FeedCursor, head: Position): HeadComparison {
  const { position } = cursor;
  if (position === null) return { kind: 'behind', missing: head.seq };
  if (head.epoch !== position.epoch || head.seq < position.seq) return { kind: 'otherHistory' };
  if (head.seq > position.seq) return { kind: 'behind', missing: head.seq - position.seq };
  return head.hash === position.hash ? { kind: 'level' } : { kind: 'otherHistory' };
}

/** What to ask for in a resume: our place in each feed, null where we have none. */
export function placesOf(cursors: ReadonlyMap<FeedName, FeedCursor>, feeds: Iterable<FeedName>) {
  return [...feeds].map((feed) => ({ feed, position: cursors.get(feed)?.position ?? null }));
}
