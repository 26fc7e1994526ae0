import { z } from 'zod';
import { sealedText, SignedHeads, signedHeadsLimits, signedText } from '#contract/audit/index.ts';
import { Position } from '#contract/record/index.ts';
import { EpochMs } from '#contract/values/index.ts';
import { type AuditKeys, isSignedBy, keyIdOf } from './auditKeys.ts';
import { at, beside, type Finding, type PlaceKey, placeKey } from './verify.ts';

/** One line of a desk's folder, or the platform's: parsed JSON, and where it stands for whoever reads the finding. */
export type KeptLine = { readonly about: string; readonly value: unknown };

const HeadListLine = z.strictObject({ atMs: EpochMs, heads: z.array(Position) });
type HeadListLine = z.infer<typeof HeadListLine>;

const keptMs = signedHeadsLimits.keptDays * 24 * 60 * 60 * 1000;

/** Kept heads and lists, read and checked in themselves; what they say of the record is asked by `against`. */
export type KeptHeads = {
  /** Places that the record must be asked for. */
  readonly places: ReadonlySet<PlaceKey>;
  readonly signedCount: number;
  /** What is wrong, given the hashes that the record has at `places`. */
  against(hashes: ReadonlyMap<PlaceKey, string>): readonly Finding[];
};

/** Reads what desks kept and what the platform kept for them. `keys` null = the platform's key is gone: seals stay closed. */
export function readKeptHeads({
  signed,
  lists,
  keys,
}: {
  signed: readonly KeptLine[];
  lists: readonly KeptLine[];
  keys: AuditKeys | null;
}): KeptHeads {
  const findings: Finding[] = [];
  const positions = new Map<string, Position>();
  const keep = (position: Position) => {
    const key = `${placeKey(position)}\n${position.hash}`;
    const kept = positions.get(key) ?? position;
    positions.set(key, kept);
    return kept;
  };
  const ownLists = lists.flatMap(({ about, value }): readonly HeadListLine[] => {
    const list = HeadListLine.safeParse(value);
    if (!list.success) findings.push(beside('brokenSeal', about));
    return list.success ? [{ atMs: list.data.atMs, heads: list.data.heads.map(keep) }] : [];
  });
  const inTime = ownLists.toSorted((a, b) => a.atMs - b.atMs);
  for (const { about, value } of signed) {
    const heads = SignedHeads.safeParse(value);
    if (!heads.success || !isGenuine(heads.data, keys)) {
      findings.push(beside('badSignature', about));
      continue;
    }
    heads.data.heads.filter(({ seq }) => seq > 0).forEach(keep);
    if (keys !== null && !isSealOf({ signed: heads.data, inTime, keys })) findings.push(beside('brokenSeal', about));
  }
  return {
    places: new Set([...positions.values()].map(placeKey)),
    signedCount: signed.length,
    against: (hashes) => [
      ...findings,
      ...[...positions.values()].filter((place) => hashes.get(placeKey(place)) !== place.hash).map((place) => at('otherThanSigned', place)),
    ],
  };
}

function isGenuine(signed: SignedHeads, keys: AuditKeys | null): boolean {
  const { publicKey, keyId, signature } = signed;
  const isOwnKey = keys === null || keys.publicKey === publicKey;
  return isOwnKey && keyIdOf(publicKey) === keyId && isSignedBy({ publicKey, text: signedText(signed), signature });
}

function isSealOf({ signed, inTime, keys }: { signed: SignedHeads; inTime: readonly HeadListLine[]; keys: AuditKeys }): boolean {
  const { atMs, seal } = signed;
  const list = inTime.findLast((each) => each.atMs <= atMs);
  // A desk that was switched off for long has heads from before the platform's oldest list.
  if (list === undefined) return atMs < (inTime.at(-1)?.atMs ?? 0) - keptMs;
  return keys.keyedHash(sealedText({ atMs, heads: list.heads })) === seal;
}
