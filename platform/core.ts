import type { CameraId, Clock } from '#contract/values/index.ts';
import { checkSourceAddress, type DemoLoops, openSources, privateNetworks, type SourceTable } from './cameras/index.ts';
import { type Directory, type ImportPorts, openDirectory } from './directory/index.ts';
import type { CountyProfile, Log } from './ports.ts';
import {
  type DirectoryChange,
  type Feeds,
  openFeeds,
  openSnapshots,
  openWriter,
  readModelsOf,
  rebuildReadModels,
  type RecordStore,
  type Writer,
} from './record/index.ts';
import { directoryDocuments } from './search/index.ts';

/** What works on the record without anybody being connected: the platform has it, and so has an import while no platform runs. */
export type Core = {
  readonly county: CountyProfile;
  readonly feeds: Feeds;
  readonly directory: Directory;
  readonly writer: Writer;
  readonly sources: SourceTable;
  /** Regions above a camera; empty for an unknown one. */
  pathOf(cameraId: CameraId): ReturnType<Directory['regionPath']>;
  /** What an import needs; `onApplied` hears of each new revision after the sources have it. */
  imports(onApplied: () => void): ImportPorts;
};

/** Opens the record: folds its feeds, reads directory and sources. `mode` decides whether cameras may be on this very machine. */
export async function openCore({
  store,
  county,
  mode,
  demoLoops,
  clock,
  log,
}: {
  store: RecordStore;
  county: CountyProfile;
  mode: 'demo' | 'normal';
  demoLoops: DemoLoops | null;
  clock: Clock;
  log: Log;
}): Promise<Core> {
  const { countyId } = county;
  const feeds = await openFeeds(store, log);
  const directory = await openDirectory(store);
  await rebuildReadModels({ store, countyId, documentsOf: directoryDocuments, log });
  const writer = await openWriter({
    store,
    feeds,
    places: directory,
    countyId,
    clock,
    log,
    readModelsOf: readModelsOf({ documentsOf: directoryDocuments }),
  });
  const snapshots = await openSnapshots({ store, view: feeds, log });
  writer.onRecorded(snapshots.recorded);
  const sources = await openSources({ store, camera: directory.camera, demoLoops });
  const networks = sourceNetworks(mode);
  return {
    county,
    feeds,
    directory,
    writer,
    sources,
    pathOf(cameraId) {
      const camera = directory.camera(cameraId);
      return camera === null ? [] : directory.regionPath(camera.regionId);
    },
    imports: (onApplied) => ({
      directory,
      countyId,
      writer,
      checkUrl: (url) => checkSourceAddress(url, networks),
      sourcesOf: sources.rowsOf,
      onApplied: (change: DirectoryChange) => {
        sources.apply(change);
        onApplied();
      },
    }),
  };
}

/** Where cameras may be: private networks, and in a demo this machine too, so that a try-out needs no camera. */
export function sourceNetworks(mode: 'demo' | 'normal') {
  return mode === 'demo' ? ({ ...privateNetworks, loopback: 'allowed' } as const) : privateNetworks;
}
