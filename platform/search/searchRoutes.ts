import { type Action, may, type PolicyActor } from '#contract/access/index.ts';
import { type SearchAnswer, type SearchKind, searchLimits, SearchRequest, type SearchResult } from '#contract/search/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { personActor, type SurfaceAnswers } from '../access/index.ts';
import type { AskedRegister } from '../audit/index.ts';
import type { Directory, RowOf } from '../directory/index.ts';
import { type RecordStore, type SearchFound, type SearchScope, termsOf } from '../record/index.ts';

/** Which right finds what. A look is found by whoever may read who looked, in the whole county. */
const actionOf: { readonly [Kind in SearchKind]: Action } = {
  regions: 'directory.read',
  centers: 'directory.read',
  cameras: 'directory.read',
  units: 'directory.read',
  responders: 'directory.read',
  faults: 'feed.read',
  looking: 'audit.read',
};

/** The one search over everything: what is found is asked of the policy inside the query, so nothing else is even counted. */
export function searchAnswers({
  store,
  asked,
  directory,
  county,
}: {
  store: Pick<RecordStore, 'search'>;
  asked: AskedRegister;
  directory: Directory;
  county: () => RegionId;
}): SurfaceAnswers<'search'> {
  return {
    async search({ context, caller }) {
      const actor = `person/${caller.person.personId}` as Actor;
      const request = SearchRequest.safeParse(await context.req.json().catch(() => null));
      const terms = request.success ? termsOf(request.data.text) : [];
      if (!request.success || terms.length === 0) {
        return context.json({ code: 'search.nothingToLookFor', params: { field: 'text' } }, 400);
      }
      const limit = searchLimits.results;
      const scopes = scopesOf({ actor: personActor(caller.person), county: county() });
      const found = await store.search({ terms, scopes, limit: limit + 1 });
      const results = found.slice(0, limit).flatMap((one) => toResult({ one, directory }));
      const told = await asked.searched({ actor, surface: 'search', text: request.data.text, filters: [], rows: results.length });
      if (!told.ok) return context.json(told.refusal, 503);
      return context.json({ results, more: found.length > limit } satisfies SearchAnswer);
    },
  };
}

function scopesOf({ actor, county }: { actor: PolicyActor; county: RegionId }): readonly SearchScope[] {
  const scopes = new Map<string, SearchScope>();
  for (const kind of Object.keys(actionOf) as SearchKind[]) {
    const territory = territoryOf({ actor, county, kind });
    const key = JSON.stringify(territory);
    // Kinds of the same territory are one scope: the regions below it are gathered once.
    if (territory === null || territory.length > 0) scopes.set(key, { territory, kinds: [...(scopes.get(key)?.kinds ?? []), kind] });
  }
  return [...scopes.values()];
}

/** The regions in which, and below which, that kind may be found; null = anywhere. */
function territoryOf({ actor, county, kind }: { actor: PolicyActor; county: RegionId; kind: SearchKind }): readonly RegionId[] | null {
  const action = actionOf[kind];
  // The register of looks is the county's, as its page is.
  if (kind === 'looking') return may(actor, action, { regionPath: [county] }) ? null : [];
  return actor.territory.filter((region) => may(actor, action, { regionPath: [region] }));
}

function toResult({ one: { kind, ref, cameraId }, directory }: { one: SearchFound; directory: Directory }): readonly SearchResult[] {
  const row = cameraId === null ? rowOf({ kind, ref, directory }) : directory.camera(cameraId);
  if (row === null) return [];
  const nameEn = 'nameEn' in row ? row.nameEn : row.name;
  return [{ kind, id: ref, name: row.name, nameEn, place: placeOf({ regionId: 'regionId' in row ? row.regionId : row.id, directory }) }];
}

type Named = RowOf<'regions' | 'centers' | 'cameras' | 'units' | 'responders'>;

function rowOf({ kind, ref, directory }: { kind: SearchKind; ref: string; directory: Directory }): Named | null {
  switch (kind) {
    case 'regions':
      return directory.region(ref as RegionId);
    case 'cameras':
      return directory.camera(ref as CameraId);
    case 'centers':
    case 'units':
    case 'responders':
      return directory.rows(kind).find(({ id }) => id === ref) ?? null;
    case 'faults':
    case 'looking':
      return null;
  }
}

function placeOf({ regionId, directory }: { regionId: RegionId; directory: Directory }): SearchResult['place'] {
  return directory
    .regionPath(regionId)
    .toReversed()
    .flatMap((id) => {
      const region = directory.region(id);
      return region === null ? [] : [{ name: region.name, nameEn: region.nameEn }];
    });
}
