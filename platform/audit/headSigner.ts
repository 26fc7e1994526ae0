import { sealedText, type SignedHeads, signedText } from '#contract/audit/index.ts';
import type { Position } from '#contract/record/index.ts';
import type { Clock, CountyId } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { AuditKeys } from './auditKeys.ts';

/** Where the heads of all feeds were, as the platform keeps it for `verify-audit`: what a seal was made of. */
export type HeadList = { readonly atMs: number; readonly heads: readonly Position[] };

/** Keeps head lists; never read by the platform itself. On the disk when the promise resolves; rejects when it is not. */
export type HeadLists = { keep(list: HeadList): Promise<void> };

/** Makes a desk's own message of the heads of one moment. */
export type SignFor = (readable: readonly Position[]) => SignedHeads;

/** Signs the heads of this moment; null when the list behind them could not be kept: a seal that nobody can open would look like a forgery. */
export type SignHeads = () => Promise<SignFor | null>;

/** `allHeads` = the last place of every feed that has facts. */
export function createHeadSigner({
  allHeads,
  keys,
  lists,
  countyId,
  clock,
  log,
}: {
  allHeads: () => readonly Position[];
  keys: AuditKeys;
  lists: HeadLists;
  countyId: CountyId;
  clock: Clock;
  log: Log;
}): SignHeads {
  return async () => {
    const atMs = clock.nowMs();
    const heads = allHeads();
    const keptError = await lists.keep({ atMs, heads }).catch((error: unknown) => error ?? 'unknown');
    if (keptError !== undefined) {
      log.warn({ err: keptError }, 'the list behind the signed heads could not be kept; none are sent');
      return null;
    }
    const seal = keys.keyedHash(sealedText({ atMs, heads }));
    const places = new Map(heads.map((head) => [head.feed, head]));
    return (readable) => {
      const { keyId, publicKey } = keys;
      const told = { atMs, countyId, keyId, heads: readable.map((head) => places.get(head.feed) ?? head), seal };
      return { ...told, publicKey, signature: keys.sign(signedText(told)) };
    };
  };
}
