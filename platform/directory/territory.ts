import { may, type PolicyActor } from '#contract/access/index.ts';
import type { DirectoryKind } from '#contract/directory/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import { sha256 } from '../record/index.ts';

/** What a policy can know of an actor, as text: equal keys see the same. */
export function keyOf(actor: PolicyActor): string {
  const person = actor.kind === 'person' ? [actor.roles.toSorted(), actor.unitId ?? null] : null;
  return JSON.stringify([person, actor.territory.toSorted()]);
}

/** The regions above each, itself among them; empty for an unknown one. */
type RegionPath = (id: RegionId) => readonly RegionId[];

/** How much of a region somebody may see: all that lies in it, or its own row only, because he is of something below it. */
export type Sight = 'whole' | 'named' | 'none';

/** What an actor may see of each region, asked of the policy once per region. */
export function sightOf({ actor, regionPath }: { actor: PolicyActor; regionPath: RegionPath }): (id: RegionId) => Sight {
  // What lies above one's territory may be named (breadcrumbs), nothing else of it may be seen.
  const above = new Set(actor.territory.flatMap((id) => regionPath(id)));
  const sights = new Map<RegionId, Sight>();
  const look = (id: RegionId): Sight => {
    if (may(actor, 'directory.read', { regionPath: regionPath(id) })) return 'whole';
    return above.has(id) ? 'named' : 'none';
  };
  return (id) => {
    const sight = sights.get(id) ?? look(id);
    sights.set(id, sight);
    return sight;
  };
}

/** A row as far as a revision is about it: where it lies, and what is seen of it, hashed. */
export type RowDigest = { readonly kind: DirectoryKind; readonly id: string; readonly regionId: RegionId; readonly hash: string };

/** Numbers of what each actor may see of one revision; made when first asked for. */
export type TerritoryRevisions = (actor: PolicyActor) => number;

/**
 * A number that follows from the rows that an actor may see and from nothing else, so that it tells nothing of others: 32 bits of their
 * hash, never 0. Two contents of the same number by chance: once in four thousand million changes.
 */
export function createTerritoryRevisions({ rows, regionPath }: { rows: Iterable<RowDigest>; regionPath: RegionPath }): TerritoryRevisions {
  const regions = digestRegions(rows);
  const made = new Map<string, number>();
  const make = (actor: PolicyActor): number => {
    const sight = sightOf({ actor, regionPath });
    const seen = regions.flatMap(({ id, named, whole }) => {
      const much = sight(id);
      return much === 'none' ? [] : [[id, much === 'whole' ? whole : named]];
    });
    return Number.parseInt(sha256(JSON.stringify(seen)).slice(0, 8), 16) || 1;
  };
  return (actor) => {
    const key = keyOf(actor);
    const known = made.get(key) ?? make(actor);
    made.set(key, known);
    return known;
  };
}

type RegionDigest = { readonly id: RegionId; readonly named: string | null; readonly whole: string };

/** Once for all actors: tens of thousands of rows, but hundreds of regions only. By id, so that it does not matter how rows came there. */
function digestRegions(rows: Iterable<RowDigest>): readonly RegionDigest[] {
  const byRegion = [...Map.groupBy(rows, ({ regionId }) => regionId)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byRegion.map(([id, held]) => {
    const named = held.find(({ kind }) => kind === 'regions')?.hash ?? null;
    const lines = held.map(({ kind, id: rowId, hash }) => `${kind}/${rowId}/${hash}`).toSorted();
    return { id, named, whole: sha256(lines.join('\n')) };
  });
}
