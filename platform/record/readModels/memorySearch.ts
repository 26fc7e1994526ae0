import type { FaultRow } from '#contract/audit/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { SearchAsked, SearchDocument, SearchFound, SearchScope, SearchTerm } from './search.ts';

/** Documents by kind and ref. */
export type MemoryDocuments = Map<string, SearchDocument>;

type Found = Pick<SearchDocument, 'kind' | 'ref' | 'regionId' | 'cameraId' | 'title'>;
type Ways = {
  isBelow(regionId: RegionId | null, roots: readonly RegionId[]): boolean;
  isCameraBelow(cameraId: CameraId, roots: readonly RegionId[]): boolean;
};

/** The same answer as a full-text index gives, by looking at every document. */
export function findInMemory({
  asked: { terms, scopes, limit },
  documents,
  faults,
  ...ways
}: { asked: SearchAsked; documents: MemoryDocuments; faults: readonly FaultRow[] } & Ways): readonly SearchFound[] {
  if (terms.length === 0) return [];
  const hits: Found[] = [...documents.values()].filter((document) => terms.every((term) => hasTerm(document, term)));
  const broken = hits.flatMap(({ kind, ref, title }): readonly Found[] => {
    const row = kind === 'cameras' ? faults.find(({ cameraId }) => cameraId === ref) : undefined;
    return row === undefined ? [] : [{ kind: 'faults', ref, regionId: null, cameraId: row.cameraId, title }];
  });
  const readable = [...hits, ...broken].filter((found) => scopes.some((scope) => isInScope({ found, scope, ...ways })));
  const places = new Map<string, number>();
  const placed = readable.toSorted(byTitle).map(({ kind, ref, cameraId }) => {
    const place = (places.get(kind) ?? 0) + 1;
    places.set(kind, place);
    return { kind, ref, cameraId, place };
  });
  const inTurn = placed.toSorted((a, b) => a.place - b.place || compare(a.kind, b.kind));
  return inTurn.slice(0, limit).map(({ kind, ref, cameraId }) => ({ kind, ref, cameraId }));
}

function isInScope({ found, scope: { kinds, territory }, isBelow, isCameraBelow }: { found: Found; scope: SearchScope } & Ways): boolean {
  if (!kinds.includes(found.kind)) return false;
  if (territory === null || isBelow(found.regionId, territory)) return true;
  return found.cameraId !== null && isCameraBelow(found.cameraId, territory);
}

function hasTerm(document: SearchDocument, term: SearchTerm): boolean {
  switch (term.kind) {
    case 'pairs':
      return ` ${document.pairs} `.includes(` ${term.tokens.join(' ')} `);
    case 'character':
      return document.characters.split(' ').includes(term.token);
    case 'begins':
      return document.words.split(' ').some((word) => word.startsWith(term.token));
  }
}

function byTitle(a: Found, b: Found): number {
  const longer = [...a.title].length - [...b.title].length;
  return longer || compare(a.title, b.title) || b.ref.length - a.ref.length || compare(b.ref, a.ref);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
