import type { Result } from '#contract/values/index.ts';

/** Files of a foreign stream under numbers of our own, fetched once each and kept for a while. */
export type Shelf<Code extends string> = {
  /** The number of an address; a new one for an address that was not seen lately. */
  numberOf(url: URL): number;
  /** What lies under a number; null when it was never given or is forgotten. */
  body(number: number): Promise<Result<Buffer, Code>> | null;
  /** Forgets what is older than these, a few excepted: players ask late. */
  keepFrom(oldest: number): void;
};

type Kept<Code extends string> = { readonly url: URL; bytes: number; body: Promise<Result<Buffer, Code>> | null };

const keptBehind = 6;

export function createShelf<Code extends string>({
  fetch,
  maxBytes,
}: {
  fetch: (url: URL) => Promise<Result<Buffer, Code>>;
  maxBytes: number;
}): Shelf<Code> {
  const byNumber = new Map<number, Kept<Code>>();
  const numbers = new Map<string, number>();
  let next = 1;

  const forgetBodies = (newest: number) => {
    let total = [...byNumber.values()].reduce((sum, { bytes }) => sum + bytes, 0);
    for (const [number, kept] of byNumber) {
      if (total <= maxBytes || number === newest) return;
      total -= kept.bytes;
      kept.body = null;
      kept.bytes = 0;
    }
  };
  const fetchBody = async (number: number, kept: Kept<Code>): Promise<Result<Buffer, Code>> => {
    const fetched = await fetch(kept.url);
    if (!fetched.ok) kept.body = null;
    else {
      kept.bytes = fetched.value.length;
      forgetBodies(number);
    }
    return fetched;
  };

  return {
    numberOf(url) {
      const known = numbers.get(url.href);
      if (known !== undefined) return known;
      const number = next;
      next += 1;
      numbers.set(url.href, number);
      byNumber.set(number, { url, bytes: 0, body: null });
      return number;
    },
    body(number) {
      const kept = byNumber.get(number);
      if (kept === undefined) return null;
      kept.body ??= fetchBody(number, kept);
      return kept.body;
    },
    keepFrom(oldest) {
      for (const [number, { url }] of byNumber) {
        if (number >= oldest - keptBehind) return;
        byNumber.delete(number);
        numbers.delete(url.href);
      }
    },
  };
}
