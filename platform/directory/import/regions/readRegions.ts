import { setImmediate as nextTurn } from 'node:timers/promises';
import { Region, type RegionPolygon } from '#contract/directory/index.ts';
import type { CountyId, LngLat, RegionId } from '#contract/values/index.ts';
import { spellingOf } from '../../demo/spelling.ts';
import type { TypedRow } from '../../directory.ts';
import type { CoordinateSystem } from '../coordinates.ts';
import type { Problems } from '../problems.ts';
import { createRegionTree, type DraftRegion, readDraft } from './drafts.ts';
import { readFeatures } from './features.ts';
import { pointInside, type Ring } from './geometry.ts';
import { readOutline } from './outline.ts';
import { createTeller, type TellFeature } from './tellFeature.ts';

/** What a region file brings: regions (each after what it lies in) and outlines. `refused` counts features that brought nothing. */
export type ReadRegions = { readonly rows: readonly TypedRow[]; readonly read: number; readonly refused: number };

/** Reads regions.geojson against the regions that the directory has. Everything wrong is among the problems. */
export async function readRegions({
  file: { name, read: readBytes },
  countyId,
  known,
  problems,
}: {
  file: { readonly name: string; readonly read: () => Buffer };
  countyId: CountyId;
  known: readonly Region[];
  problems: Problems;
}): Promise<ReadRegions> {
  const file = readFeatures({ name, bytes: readBytes(), problems });
  if (file === null) return { rows: [], read: 0, refused: 0 };
  const tell = createTeller({ name, problems });
  const drafts = file.features.flatMap((feature) => readDraft({ feature, crs: file.crs, tell: tell(feature) }) ?? []);
  const tree = createRegionTree({ known, drafts, tell });
  const rows: TypedRow[] = [];
  for (const [index, placed] of tree.placed.entries()) {
    // A big county's outlines take a while: the bus gets its turn in between.
    if (index % 20 === 19) await nextTurn();
    const outline = placed.draft.geometry === null ? null : outlineOf({ draft: placed.draft, tell });
    if (outline === 'refused') tree.drop(placed.id);
    else if (tree.isIn(placed.parentId)) {
      const made = toRows({ ...placed, outline, countyId, tell });
      if (made === null) tree.drop(placed.id);
      else rows.push(...made);
    } else tree.drop(placed.id);
  }
  const taken = rows.filter(({ kind }) => kind === 'regions').length;
  return { rows, read: file.features.length, refused: file.features.length - taken };
}

function outlineOf({ draft, tell }: { draft: DraftRegion; tell: TellFeature }): readonly Ring[] | 'refused' {
  const { refuse, note } = tell(draft.feature);
  const about = { column: 'geometry', value: draft.name };
  const rings = readOutline({
    geometry: draft.geometry,
    crs: draft.crs,
    tell: (code, params) => refuse({ ...about, code, ...(params === undefined ? {} : { params }) }),
    note: (code, params) => note({ ...about, code: `directory.import.${code}`, ...(params === undefined ? {} : { params }) }),
  });
  return rings ?? 'refused';
}

function toRows({
  draft,
  id,
  parentId,
  existing,
  outline,
  countyId,
  tell,
}: {
  draft: DraftRegion;
  id: RegionId;
  parentId: RegionId | null;
  existing: Region | null;
  outline: readonly Ring[] | null;
  countyId: CountyId;
  tell: TellFeature;
}): readonly TypedRow[] | null {
  const { refuse } = tell(draft.feature);
  const center = draft.center ?? (outline === null ? (existing?.center ?? null) : pointInside(outline));
  if (center === null) return refuse({ column: 'geometry', value: draft.name, code: 'directory.import.noOutline' });
  const parsed = Region.safeParse({ countyId, id, level: draft.level, parentId, center, ...wordsOf({ draft, existing }) });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return refuse({
      column: String(issue?.path[0]),
      value: draft.name,
      code: 'directory.import.badValue',
      params: { reason: issue?.message ?? '' },
    });
  }
  const region: TypedRow = { kind: 'regions', row: parsed.data };
  if (outline === null) return [region];
  const polygon: RegionPolygon = { regionId: id, rings: outline as LngLat[][] };
  return [region, { kind: 'polygons', row: polygon, ...originOf({ draft }) }];
}

/** What the file does not say stays as the directory has it. */
function wordsOf({ draft, existing }: { draft: DraftRegion; existing: Region | null }) {
  const { name } = draft;
  const usualScheme = draft.code === '' ? 'none' : 'GB/T 2260';
  const kept = existing ?? { name: '', nameEn: name, scheme: usualScheme, code: '', spelling: null };
  return {
    name,
    nameEn: draft.nameEn ?? kept.nameEn,
    // A county that was founded without a code has no scheme worth keeping.
    scheme: draft.scheme ?? (kept.scheme === 'none' ? usualScheme : kept.scheme),
    code: draft.code === '' ? kept.code : draft.code,
    spelling: kept.name === name && kept.spelling !== null ? kept.spelling : spellingOf(name),
  };
}

/** An outline as its file had it. */
export type RegionOrigin = { readonly crs: CoordinateSystem; readonly geometry: unknown; readonly center: LngLat | null };

/** Outlines of a shifted system keep their own points: the way back is an approximation. */
function originOf({ draft }: { draft: DraftRegion }): { origin?: string } {
  const kept: RegionOrigin = { crs: draft.crs, geometry: draft.geometry, center: draft.namedCenter };
  return draft.crs === 'WGS84' ? {} : { origin: JSON.stringify(kept) };
}
