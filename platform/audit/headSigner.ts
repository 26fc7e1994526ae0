import { sealedText, type SignedHeads, signedText } from '#contract/audit/index.ts';
import type { Position } from '#contract/record/index.ts';
import type { Clock, CountyId } from '#contract/values/index.ts';
import type { Log } from '../ports.ts';
import type { AuditKeys } from './auditKeys.ts';

/** Where the heads of all feeds were, as the platform keeps it for `verify-audit`: what a seal was made of. */
export type HeadList = { readonly atMs: number; readonly heads: readonly Position[] };

/** Keeps head lists; never read by the platform itself. A list that cannot be kept is told by the rejection. */
export type HeadLists = { keep(list: HeadList): Promise<void> };

/** Signs the heads of this moment; the answer makes each desk's own message of them. */
export type SignHeads = () => (readable: readonly Position[]) => SignedHeads;

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
  return () => {
    const atMs = clock.nowMs();
    const heads = allHeads();
    lists.keep({ atMs, heads }).catch((error: unknown) => log.warn({ err: error }, 'the list behind the signed heads could not be kept'));
    const seal = keys.keyedHash(sealedText({ atMs, heads }));
    return (readable) => {
      const { keyId, publicKey } = keys;
      const told = { atMs, countyId, keyId, heads: [...readable], seal };
      return { ...told, publicKey, signature: keys.sign(signedText(told)) };
    };
  };
}
