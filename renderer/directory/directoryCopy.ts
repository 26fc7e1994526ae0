import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Camera } from '#contract/cameras/index.ts';
import type { DirectoryKind, DirectoryPage, Region } from '#contract/directory/index.ts';
import type { CameraId, RegionId, Timers } from '#contract/values/index.ts';
import type { Answer } from '../bridge/index.ts';
import type { RoomAccess } from '../room/index.ts';
import { buildTree, type TerritoryTree } from './tree.ts';

/** The directory as the console holds it: whole, of one revision. */
export type DirectoryCopy = {
  readonly revision: number;
  readonly regions: ReadonlyMap<RegionId, Region>;
  readonly cameras: ReadonlyMap<CameraId, Camera>;
  readonly tree: TerritoryTree;
};

/** Null until the first whole copy is there; afterwards the last whole one, also while a newer one is fetched. */
export type DirectoryStore = StoreApi<DirectoryCopy | null>;

type KindPage<Kind extends DirectoryPage['kind']> = Extract<DirectoryPage, { kind: Kind }>;

// Main has no directory yet, or it changed while it was read: not worth more than a short wait.
const againMs = 1_000;

/** Keeps a copy of main's directory, fetched in pages, anew for each revision. */
export function keepDirectoryCopy({ room, timers }: { room: Pick<RoomAccess, 'store' | 'ask'>; timers: Timers }): DirectoryStore {
  const store: DirectoryStore = createStore<DirectoryCopy | null>(() => null);
  let isFetching = false;
  const fetchNewest = async (): Promise<void> => {
    if (isFetching) return;
    isFetching = true;
    const copy = await fetchCopy(room.ask);
    isFetching = false;
    if (copy !== null) store.setState(copy, true);
    const revision = room.store.getState()?.directoryRevision;
    const isOther = revision !== undefined && copy?.revision !== revision;
    if (copy === null || isOther) timers.afterMs(againMs, () => void fetchNewest());
  };
  room.store.subscribe((now, before) => {
    const isBack = now?.bridge === 'open' && before?.bridge !== 'open';
    if (isBack || now?.directoryRevision !== before?.directoryRevision) void fetchNewest();
  });
  if (room.store.getState() !== null) void fetchNewest();
  return store;
}

/** One whole copy; null when main has none, is away, or changed it while it was being read. */
async function fetchCopy(ask: RoomAccess['ask']): Promise<DirectoryCopy | null> {
  const regions = await fetchRows<'regions'>({ ask, kind: 'regions' });
  const cameras = await fetchRows<'cameras'>({ ask, kind: 'cameras' });
  if (regions === null || cameras === null || regions.revision !== cameras.revision) return null;
  return {
    revision: regions.revision,
    regions: new Map(regions.rows.map((region) => [region.id, region])),
    cameras: new Map(cameras.rows.map((camera) => [camera.id, camera])),
    tree: buildTree({ regions: regions.rows, cameras: cameras.rows }),
  };
}

/** All rows of a kind; null when main has none, is away, or changed them while they were being read. */
export async function fetchRows<Kind extends Exclude<DirectoryKind, 'units'>>({
  ask,
  kind,
}: {
  ask: RoomAccess['ask'];
  kind: Kind;
}): Promise<{ revision: number; rows: KindPage<Kind>['rows'] } | null> {
  const rows: unknown[] = [];
  let revision: number | null = null;
  for (let offset: number | null = 0; offset !== null; ) {
    const answer: Answer<'directoryPage'> = await ask('directoryPage', { kind, offset });
    if (!answer.ok || answer.value === null || answer.value.kind !== kind) return null;
    const page: DirectoryPage = answer.value;
    if (revision !== null && page.revision !== revision) return null;
    revision = page.revision;
    rows.push(...page.rows);
    offset = page.nextOffset;
  }
  return { revision: revision ?? 0, rows: rows as KindPage<Kind>['rows'] };
}
