import { Region } from '#contract/directory/index.ts';
import type { ImportReport, ImportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { type CameraId, type CountyId, granted } from '#contract/values/index.ts';
import { createMemoryStore, openFeeds, openWriter, type SourceRow } from '../../../record/index.ts';
import { createHandPorts } from '../../../record/testing/handPorts.ts';
import { openDirectory } from '../../directory.ts';
import { takeOver } from '../../takeOver.ts';
import { importFolder, type ImportPorts } from '../importFolder.ts';

/** A platform that knows nothing but its county's name, as at its first start. */
export async function openEmptyCounty({ checkUrl = granted }: { checkUrl?: ImportPorts['checkUrl'] } = {}) {
  const countyId = 'county' as CountyId;
  const actor = 'person/p1' as Actor;
  const store = createMemoryStore({ epoch: 'e1' });
  const { clock, log } = createHandPorts();
  const directory = await openDirectory(store);
  const writer = await openWriter({ store, feeds: await openFeeds(store), places: directory, countyId, clock, log });
  let sources: readonly SourceRow[] = [];
  const sourcesOf = (cameraId: CameraId) => sources.filter((source) => source.cameraId === cameraId);
  const ports: ImportPorts = { directory, countyId, writer, checkUrl, sourcesOf, onApplied: () => {} };
  const root = Region.parse({
    ...{ countyId, id: 'county', level: 'county', parentId: null, scheme: 'none', code: '', center: [0, 0] },
    ...{ name: '本县', nameEn: 'County', spelling: { pinyin: '', initials: '' } },
  });
  await takeOver({ ...ports, actor, revision: { rows: [{ kind: 'regions', row: root }], sources: [], sourcesOf: [] } });
  async function bring(files: Readonly<Record<string, string | Uint8Array>>, take: ImportRequest['take'] = 'all'): Promise<ImportReport> {
    const named = Object.entries(files).map(([name, content]) => ({ name, read: () => Buffer.from(content) }));
    const outcome = await importFolder(ports, { request: { files: named, take }, actor });
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    sources = await store.readSources();
    return outcome.value;
  }
  return { directory, sourcesOf, bring };
}

/** A square outline of a tenth of a degree, closed. */
export function square(west: number, south: number, side = 0.1): [number, number][] {
  return [
    [west, south],
    [west + side, south],
    [west + side, south + side],
    [west, south + side],
    [west, south],
  ];
}

/** A region file of features with one outline each. */
export function geojson(
  features: readonly { readonly properties: object; readonly coordinates: unknown; readonly type?: string }[],
): string {
  const whole = features.map(({ properties, coordinates, type = 'Polygon' }) => ({
    type: 'Feature',
    properties,
    geometry: { type, coordinates },
  }));
  return JSON.stringify({ type: 'FeatureCollection', features: whole }, null, 1);
}

/** What a report complains about: file, column, code. */
export function told({ problems }: ImportReport): readonly (readonly [string, string | null, string])[] {
  return problems.map(({ file, column, code }) => [file, column, code.replace('directory.import.', '')]);
}
