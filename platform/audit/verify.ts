import { chainHash, epochStartHash, type FeedName, genesisHash, type Position } from '#contract/record/index.ts';
import type { Sha256 } from '#contract/values/index.ts';
import type { EpochStartRow, PlacedRow, RecordRows } from '../record/index.ts';

/**
 * What can be wrong. In a feed: `gap` numbers are missing before this place, `brokenLink` it does not hang on the one before,
 * `otherFact` the fact is not the one that was recorded here, `factMissing` it is not there, `otherHead` the stored head is not the last
 * place, `brokenEpoch` a new epoch does not hang on the old one. Beside the feeds: `unplacedFact` no feed holds this fact,
 * `otherReceipt` a command made another number of facts than it was answered, `otherSnapshot` a snapshot is not of its chain. Against
 * kept heads: `otherThanSigned` the record does not have this signed place, `badSignature` not signed with the platform's key,
 * `brokenSeal` the platform's own list of that minute is missing or was changed.
 */
export const findingCodes = [
  'gap',
  'brokenLink',
  'otherFact',
  'factMissing',
  'otherHead',
  'brokenEpoch',
  'unplacedFact',
  'otherReceipt',
  'otherSnapshot',
  'otherThanSigned',
  'badSignature',
  'brokenSeal',
] as const;
/** One thing that is wrong, and where. `seq` null = with the feed as a whole; `about` = an id, a file or a time where there is no feed. */
export type Finding = {
  readonly code: (typeof findingCodes)[number];
  readonly feed: FeedName | null;
  readonly seq: number | null;
  readonly about: string;
};

/** A place without its hash, as a key. */
export type PlaceKey = string;

/** The key of a place. */
export function placeKey({ feed, epoch, seq }: Omit<Position, 'hash'>): PlaceKey {
  return `${feed}\n${epoch}\n${seq}`;
}

/** What was read. `hashes` holds the hash that the record has at each place that was `wanted`; none = there is no such place. */
export type VerifiedRecord = {
  readonly findings: readonly Finding[];
  readonly places: number;
  readonly hashes: ReadonlyMap<PlaceKey, string>;
};

type Part = { readonly feed: FeedName; readonly epoch: string; last: Omit<Position, 'feed' | 'epoch'> };

/**
 * Recomputes every chain of every feed and compares it with what is stored. A chain that somebody rewrote to its end, head included, is
 * in itself whole: only heads that others kept tell (`verifyHeads`).
 */
export function verifyRecord({
  rows,
  wanted,
  sha256,
}: {
  rows: RecordRows;
  wanted: ReadonlySet<PlaceKey>;
  sha256: Sha256;
}): VerifiedRecord {
  const starts = new Map([...rows.epochStarts()].map((start) => [partKey(start.position), start]));
  const heads = [...rows.heads()];
  const snapshots = [...rows.snapshots()];
  const afterPlaces = [...starts.values()].map(afterOf);
  const looked = new Set([...wanted, ...[...afterPlaces, ...snapshots.map(({ position }) => position)].map(placeKey)]);
  const hashes = new Map<PlaceKey, string>();
  for (const { position } of starts.values()) hashes.set(placeKey(position), position.hash);

  const walked = walkChains({ rows, starts, looked, hashes, sha256 });
  const findings = [
    ...walked.findings,
    ...wrongHeads({ heads, parts: walked.parts, starts }),
    ...[...starts.values()].flatMap((start) => wrongStart({ start, hashes, sha256 })),
    ...[...rows.unplaced()].map(({ gid }) => beside('unplacedFact', `fact ${gid}`)),
    ...[...rows.receipts()].flatMap(({ commandId, factCount }) =>
      rows.factsOf(commandId) === factCount ? [] : [beside('otherReceipt', `command ${commandId}`)],
    ),
    ...snapshots.flatMap(({ position, isWhole }) =>
      isWhole && hashes.get(placeKey(position)) === position.hash ? [] : [at('otherSnapshot', position)],
    ),
  ];
  return { findings, places: walked.places, hashes };
}

function walkChains({
  rows,
  starts,
  looked,
  hashes,
  sha256,
}: {
  rows: RecordRows;
  starts: ReadonlyMap<string, EpochStartRow>;
  looked: ReadonlySet<PlaceKey>;
  hashes: Map<PlaceKey, string>;
  sha256: Sha256;
}) {
  const findings: Finding[] = [];
  const parts = new Map<string, Part>();
  let places = 0;
  for (const row of rows.places()) {
    places += 1;
    const key = partKey(row);
    const part = parts.get(key) ?? beginPart({ row, start: starts.get(key), sha256 });
    parts.set(key, part);
    findings.push(...wrongPlace({ row, before: part.last, sha256 }));
    // On from what is stored, so that one wrong row is one finding and not all that follow.
    part.last = { seq: row.seq, hash: row.hash };
    if (looked.has(placeKey(row))) hashes.set(placeKey(row), row.hash);
  }
  return { findings, parts, places };
}

function beginPart({ row: { feed, epoch }, start, sha256 }: { row: PlacedRow; start: EpochStartRow | undefined; sha256: Sha256 }): Part {
  return { feed, epoch, last: start?.position ?? { seq: 0, hash: genesisHash({ feed, epoch, sha256 }) } };
}

function wrongPlace({ row, before, sha256 }: { row: PlacedRow; before: Part['last']; sha256: Sha256 }): readonly Finding[] {
  const { seq, prevHash, hash, fact } = row;
  if (seq !== before.seq + 1) return [at('gap', row)];
  if (prevHash !== before.hash) return [at('brokenLink', row)];
  if (fact === null) return [at('factMissing', row)];
  return chainHash({ prevHash, seq, fact, sha256 }) === hash ? [] : [at('otherFact', row)];
}

function wrongHeads({
  heads,
  parts,
  starts,
}: {
  heads: readonly Position[];
  parts: ReadonlyMap<string, Part>;
  starts: ReadonlyMap<string, EpochStartRow>;
}): readonly Finding[] {
  const stored = new Map(heads.map((head) => [partKey(head), head]));
  const wrong = heads.filter((head) => {
    const last = parts.get(partKey(head))?.last ?? starts.get(partKey(head))?.position;
    return last?.seq !== head.seq || last.hash !== head.hash;
  });
  const headless = [...parts.values()].filter((part) => !stored.has(partKey(part)));
  return [...wrong.map((head) => at('otherHead', head)), ...headless.map(({ last, ...part }) => at('otherHead', { ...part, ...last }))];
}

function wrongStart({
  start,
  hashes,
  sha256,
}: {
  start: EpochStartRow;
  hashes: ReadonlyMap<PlaceKey, string>;
  sha256: Sha256;
}): readonly Finding[] {
  const after = afterOf(start);
  const { epoch, hash } = start.position;
  const isHung = hashes.get(placeKey(after)) === after.hash && epochStartHash({ after, epoch, sha256 }) === hash;
  return isHung ? [] : [at('brokenEpoch', start.position)];
}

function afterOf({ position: { feed, seq }, afterEpoch, afterHash }: EpochStartRow): Position {
  return { feed, epoch: afterEpoch, seq, hash: afterHash };
}

function partKey({ feed, epoch }: Pick<Position, 'feed' | 'epoch'>): string {
  return `${feed}\n${epoch}`;
}

/** A finding at a place. */
export function at(code: Finding['code'], { feed, epoch, seq }: Omit<Position, 'hash'>): Finding {
  return { code, feed, seq, about: epoch };
}

/** A finding beside the feeds. */
export function beside(code: Finding['code'], about: string): Finding {
  return { code, feed: null, seq: null, about };
}
