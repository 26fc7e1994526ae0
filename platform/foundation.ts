import type { Actor } from '#contract/record/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { LngLat, RegionId } from '#contract/values/index.ts';
import { type Access, addDemoPeople } from './access/index.ts';
import type { Core } from './core.ts';
import { type Directory, takeOver, type TypedRow } from './directory/index.ts';
import type { CountyProfile } from './ports.ts';
import type { RecordStore } from './record/index.ts';

/** What a new record starts with: its county, and in a demo everything else. */
export type Foundation = {
  readonly county: CountyProfile;
  /** The first directory; empty = only the county's own region, the rest is imported. Asked once, at the first start. */
  readonly rows: () => readonly TypedRow[];
};

/** Brings a new record into its first state: county, directory, demo people. Does nothing that was done before. */
export async function layFoundation({
  store,
  foundation,
  core,
  access,
  mode,
}: {
  store: RecordStore;
  foundation: Foundation;
  core: Core;
  access: Access;
  mode: 'demo' | 'normal';
}): Promise<void> {
  const { county, directory, writer, sources } = core;
  if ((await store.readCounty()) === null) await store.writeCounty({ ...county, mode });
  if (directory.revision() === 0) {
    const rows = foundation.rows();
    const taken = await takeOver({
      revision: { rows: rows.length > 0 ? rows : [{ kind: 'regions', row: ownRegion(county) }], sources: [], sourcesOf: [] },
      actor: 'system/foundation' as Actor,
      directory,
      countyId: county.countyId,
      writer,
      onApplied: sources.apply,
    });
    if (!taken.ok) throw new Error(`the first directory could not be recorded: ${taken.refusal.code}`);
  }
  if (mode !== 'demo' || access.hasAdministrator()) return;
  const added = await addDemoPeople({ access, ...demoTerritories(directory) });
  if (!added.ok) throw new Error(`the demo's accounts could not be recorded: ${added.refusal.code}`);
}

/** The whole county, and the town whose center the demo's town account belongs to: the county seat, or the first one. */
function demoTerritories(directory: Directory): { county: RegionId; town: RegionId } {
  const regions = directory.rows('regions');
  const county = regions.find(({ parentId }) => parentId === null);
  const towns = regions.filter(({ level }) => level === 'town');
  const town = towns.find(({ name }) => name === '城关镇') ?? towns[0];
  if (county === undefined || town === undefined) throw new Error('a demo needs a county with a town');
  return { county: county.id, town: town.id };
}

/** A county that was not imported yet is one region without a place. */
function ownRegion({ countyId, name, nameEn }: CountyProfile): Region {
  return {
    countyId,
    id: countyId as string as RegionId,
    level: 'county',
    parentId: null,
    scheme: 'none',
    code: '',
    name,
    nameEn,
    spelling: { pinyin: '', initials: '' },
    center: [0, 0] as LngLat,
  };
}
