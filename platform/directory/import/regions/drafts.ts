import type { Region, RegionLevel } from '#contract/directory/index.ts';
import { type LngLat, RegionId } from '#contract/values/index.ts';
import { type CoordinateSystem, readCoordinateSystem, readNumbers, toWgs84 } from '../coordinates.ts';
import { lostZeros, readCode } from '../identifiers.ts';
import type { Feature } from './features.ts';
import { readLevel, readProperties, regionAliases, type RegionProperty } from './properties.ts';
import type { TellFeature } from './tellFeature.ts';

/** A feature that was understood by itself; where it hangs in the tree is not known yet. */
export type DraftRegion = {
  readonly feature: Feature;
  readonly id: RegionId | null;
  readonly name: string;
  readonly nameEn: string | null;
  readonly level: RegionLevel;
  /** '' = none. */
  readonly code: string;
  readonly parent: string;
  readonly scheme: string | null;
  readonly crs: CoordinateSystem;
  /** In WGS-84, and as the file names it. */
  readonly center: LngLat | null;
  readonly namedCenter: LngLat | null;
  readonly geometry: unknown;
};

/** Reads one feature's properties; null when something in them is refused. */
export function readDraft({
  feature,
  crs: fileCrs,
  tell: { refuse },
}: {
  feature: Feature;
  crs: CoordinateSystem;
  tell: ReturnType<TellFeature>;
}): DraftRegion | null {
  const properties = readProperties(feature.properties);
  const text = (property: RegionProperty) => textOf(properties.get(property)?.value);
  const complain = (property: RegionProperty, code: string, params: Record<string, string | number> = {}) => {
    const heading = properties.get(property)?.heading ?? regionAliases[property][0];
    return refuse({ column: `properties.${heading}`, value: text(property), code, params });
  };
  const parsed = parseWords({ text, fileCrs, complain });
  if (parsed === null) return null;
  const named = readCenter(properties.get('center')?.value);
  return {
    ...parsed,
    feature,
    nameEn: text('nameEn') || null,
    scheme: text('scheme') || null,
    namedCenter: named,
    center: named === null ? null : toWgs84(named, parsed.crs),
    geometry: feature.geometry ?? null,
  };
}

/** The properties that can be wrong; all that are wrong are told. */
function parseWords({
  text,
  fileCrs,
  complain,
}: {
  text: (property: RegionProperty) => string;
  fileCrs: CoordinateSystem;
  complain: (property: RegionProperty, code: string) => null;
}): Pick<DraftRegion, 'id' | 'name' | 'level' | 'code' | 'parent' | 'crs'> | null {
  const name = text('name');
  const level = readLevel(text('level'));
  const crs = text('crs') === '' ? fileCrs : readCoordinateSystem(text('crs'));
  const id = text('id') === '' ? null : (RegionId.safeParse(text('id')).data ?? 'bad');
  const [code, parent] = [readCode(text('code')), readCode(text('parent'))];
  if (name === '') complain('name', 'directory.import.required');
  if (level === null) complain('level', text('level') === '' ? 'directory.import.required' : 'directory.import.unknownLevel');
  if (!code.ok) complain('code', code.refusal.code);
  if (!parent.ok) complain('parent', parent.refusal.code);
  if (crs === null) complain('crs', 'directory.import.unknownCrs');
  if (id === 'bad') complain('id', 'directory.import.badId');
  if (name === '' || level === null || crs === null || id === 'bad') return null;
  return code.ok && parent.ok ? { name, level, crs, id, code: code.value, parent: parent.value } : null;
}

/** `[lng, lat]`; null when the file names none that can be used. */
function readCenter(value: unknown): LngLat | null {
  const [lng, lat]: readonly unknown[] = Array.isArray(value) ? value : [];
  if (typeof lng !== 'number' || typeof lat !== 'number') return null;
  const pair = readNumbers(lng, lat);
  return pair.ok ? pair.value : null;
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value.trim() : '';
}

/** A draft with its id, what the directory has under it, and what it lies in. */
export type PlacedRegion = {
  readonly draft: DraftRegion;
  readonly id: RegionId;
  readonly existing: Region | null;
  readonly parentId: RegionId | null;
};

const ranks = { county: 0, town: 1, village: 2, grid: 3 } as const satisfies Record<RegionLevel, number>;

/**
 * Finds each draft's place: by its id, its code, or (the county) by being the one without anything above it. `placed` comes widest level
 * first. What is dropped takes everything below it along.
 */
export function createRegionTree({ known, drafts, tell }: { known: readonly Region[]; drafts: readonly DraftRegion[]; tell: TellFeature }) {
  const byId = new Map<string, Region>(known.map((region) => [region.id, region]));
  const byCode = new Map(known.filter(({ code }) => code !== '').map((region) => [region.code, region]));
  const root = known.find(({ parentId }) => parentId === null) ?? null;
  const identified = withIds({ drafts, tell, find: (draft) => existingOf({ draft, byId, byCode, root }) });
  const levels = new Map<string, RegionLevel>([
    ...known.map(({ id, level }) => [id, level] as const),
    ...identified.map(({ id, draft }) => [id, draft.level] as const),
  ]);
  const names = new Map(
    [...known, ...identified.map(({ id, draft }) => ({ ...draft, id }))].flatMap(
      ({ id, code, name }) =>
        [
          [name, id],
          [code, id],
        ] as const,
    ),
  );
  for (const id of levels.keys()) names.set(id, id as RegionId);
  const gone = new Set<string>();
  const placed = identified.flatMap(({ draft, id, existing }): PlacedRegion[] => {
    const parentId = parentOf({ draft, id, existing, root, names, levels, tell });
    if (parentId === 'refused') gone.add(id);
    return parentId === 'refused' ? [] : [{ draft, id, existing, parentId }];
  });
  return {
    placed: byDepth(placed),
    drop: (id: RegionId) => void gone.add(id),
    isIn: (parentId: RegionId | null) => parentId === null || !gone.has(parentId),
  };
}

function existingOf({
  draft,
  byId,
  byCode,
  root,
}: {
  draft: DraftRegion;
  byId: ReadonlyMap<string, Region>;
  byCode: ReadonlyMap<string, Region>;
  root: Region | null;
}): Region | null {
  if (draft.level === 'county' && draft.parent === '' && root?.level === 'county') return root;
  return byId.get(draft.id ?? '') ?? byCode.get(draft.code) ?? null;
}

type Identified = { readonly draft: DraftRegion; readonly id: RegionId; readonly existing: Region | null };

function withIds({
  drafts,
  tell,
  find,
}: {
  drafts: readonly DraftRegion[];
  tell: TellFeature;
  find: (draft: DraftRegion) => Region | null;
}): readonly Identified[] {
  const taken = new Map<string, DraftRegion>();
  return drafts.flatMap((draft) => {
    const { refuse } = tell(draft.feature);
    const existing = find(draft);
    const id = existing?.id ?? draft.id ?? idFor(draft.code);
    if (id === null)
      return refuse({ column: `properties.${regionAliases.code[0]}`, value: draft.name, code: 'directory.import.noCode' }) ?? [];
    const other = taken.get(id);
    taken.set(id, draft);
    const params = { otherLine: other?.feature.line ?? 0 };
    if (other !== undefined)
      return refuse({ column: 'properties', value: draft.code || draft.name, code: 'directory.import.repeated', params }) ?? [];
    return [{ draft, id, existing }];
  });
}

function idFor(code: string): RegionId | null {
  if (code === '') return null;
  const parsed = RegionId.safeParse(`rg-${code}`);
  return parsed.success ? parsed.data : RegionId.parse(`rx-${Buffer.from(code).toString('base64url')}`.slice(0, 64));
}

function parentOf({
  draft,
  id,
  existing,
  root,
  names,
  levels,
  tell,
}: Identified & {
  root: Region | null;
  names: ReadonlyMap<string, RegionId>;
  levels: ReadonlyMap<string, RegionLevel>;
  tell: TellFeature;
}): RegionId | null | 'refused' {
  const complain = (code: string, params: Record<string, string | number> = {}) => {
    tell(draft.feature).refuse({ column: `properties.${regionAliases.parent[0]}`, value: draft.parent || draft.name, code, params });
    return 'refused' as const;
  };
  if (existing !== null && existing.id === root?.id) return null;
  if (draft.parent === '') return usualParent({ draft, existing, root }) ?? complain('directory.import.noParent');
  const parentId = names.get(draft.parent);
  if (parentId === undefined) {
    const likely = lostZeros({ text: draft.parent, isKnown: (code) => names.has(code) });
    return likely === null ? complain('directory.import.parentUnknown') : complain('directory.import.leadingZeroLost', { likely });
  }
  const above = levels.get(parentId) ?? 'grid';
  // Grids of two levels nest; anything else lies in something wider, which also keeps circles out.
  const fits = ranks[above] < ranks[draft.level] || (draft.level === 'grid' && above === 'grid' && parentId !== id);
  return fits ? parentId : complain('directory.import.parentTooNarrow');
}

/** What it lay in before; a new town has only one thing that it can lie in. */
function usualParent({ draft, existing, root }: Pick<Identified, 'draft' | 'existing'> & { root: Region | null }): RegionId | null {
  if (existing !== null) return existing.parentId;
  return draft.level === 'town' ? (root?.id ?? null) : null;
}

/** Each after what it lies in. Grids in a circle come nowhere, and so are not taken. */
function byDepth(placed: readonly PlacedRegion[]): readonly PlacedRegion[] {
  const waiting = new Set<string>(placed.map(({ id }) => id));
  const sorted: PlacedRegion[] = [];
  for (let rest = placed; rest.length > 0; ) {
    const ready = rest.filter(({ parentId }) => parentId === null || !waiting.has(parentId));
    if (ready.length === 0) break;
    sorted.push(...ready);
    for (const { id } of ready) waiting.delete(id);
    rest = rest.filter(({ id }) => waiting.has(id));
  }
  return sorted;
}
