import type { Camera } from '#contract/cameras/index.ts';
import type { Center, DirectoryKind, DirectoryPage, Region, RegionPolygon } from '#contract/directory/index.ts';
import { type CountyId, granted, type Result, refused } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';

/** What main holds: whole, and all of one revision. */
export type DirectoryCopy = {
  readonly countyId: CountyId | null;
  readonly revision: number;
  readonly regions: Region[];
  readonly cameras: Camera[];
  readonly centers: Center[];
  readonly polygons: RegionPolygon[];
};

type Fetching = { readonly http: Pick<PlatformHttp, 'directoryPage'>; readonly bearer: string };
type Rows<Kind extends DirectoryKind> = Extract<DirectoryPage, { kind: Kind }>['rows'];

/** Rows per page from the platform; contract/directory allows 1,000. */
const pageRows = 1_000;

/** An import in the middle of a fetch makes it start again; more often than this somebody is importing in a loop. */
const maxStarts = 5;

/** Fetches all kinds that main holds, all of the same revision. */
export async function fetchDirectory(fetching: Fetching): Promise<Result<DirectoryCopy>> {
  for (let start = 0; start < maxStarts; start += 1) {
    const fetched = await fetchOnce(fetching);
    if (fetched !== 'changed') return fetched;
  }
  return refused('directory.keepsChanging');
}

async function fetchOnce(fetching: Fetching): Promise<Result<DirectoryCopy> | 'changed'> {
  const regions = await fetchKind(fetching, 'regions');
  if (!regions.ok) return regions;
  const { revision } = regions.value;
  const isOther = (kind: { revision: number; isWhole: boolean }) => !kind.isWhole || kind.revision !== revision;
  if (isOther(regions.value)) return 'changed';
  const cameras = await fetchKind(fetching, 'cameras');
  if (!cameras.ok) return cameras;
  if (isOther(cameras.value)) return 'changed';
  const centers = await fetchKind(fetching, 'centers');
  if (!centers.ok) return centers;
  if (isOther(centers.value)) return 'changed';
  const polygons = await fetchKind(fetching, 'polygons');
  if (!polygons.ok) return polygons;
  if (isOther(polygons.value)) return 'changed';
  const countyId = regions.value.rows[0]?.countyId ?? null;
  const rows = { regions: regions.value.rows, cameras: cameras.value.rows, centers: centers.value.rows, polygons: polygons.value.rows };
  return granted({ countyId, revision, ...rows });
}

async function fetchKind<Kind extends DirectoryKind>(
  { http, bearer }: Fetching,
  kind: Kind,
): Promise<Result<{ revision: number; isWhole: boolean; rows: Rows<Kind> }>> {
  const rows: Rows<DirectoryKind>[number][] = [];
  let revision: number | null = null;
  for (let offset: number | null = 0; offset !== null; ) {
    const page: Result<DirectoryPage> = await http.directoryPage({ kind, offset, limit: pageRows, bearer });
    if (!page.ok) return page;
    if (page.value.kind !== kind) return refused('bus.badAnswer');
    if (revision !== null && page.value.revision !== revision) return granted({ revision, isWhole: false, rows: [] });
    revision = page.value.revision;
    rows.push(...page.value.rows);
    // A next page that is not further on would be fetched for ever.
    if (page.value.nextOffset !== null && page.value.nextOffset <= offset) return refused('bus.badAnswer');
    offset = page.value.nextOffset;
  }
  return granted({ revision: revision ?? 0, isWhole: true, rows: rows as Rows<Kind> });
}
