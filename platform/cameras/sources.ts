import type { Camera, StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { DirectoryChange, RecordStore, SourceRow } from '../record/index.ts';
import type { CameraSources } from './ports.ts';
import { sourceFrom, streamKeyOf } from './sourceAddress.ts';

/** The platform's table of camera sources, held in memory; the store is the truth. */
export type SourceTable = CameraSources & {
  /** Takes over the sources of an import that is on disk. */
  apply(change: Pick<DirectoryChange, 'sources' | 'sourcesOf'>): void;
  /** What the table says of one camera, passwords included. */
  rowsOf(cameraId: CameraId): readonly SourceRow[];
};

/** Finds the loop of a demo camera; null when it has none. `isDrawn`: whether that file is there yet; the set-up draws most while the room runs. */
export type DemoLoops = { loopOf(camera: Camera, quality: StreamQuality): string | null; isDrawn(loop: string): boolean };

/** Reads the table. A camera without a row in it plays its demo loop where the demo offers one. */
export async function openSources({
  store,
  camera,
  demoLoops,
}: {
  store: RecordStore;
  camera: (id: CameraId) => Camera | null;
  demoLoops: DemoLoops | null;
}): Promise<SourceTable> {
  const byCamera = new Map<CameraId, SourceRow[]>();
  const apply: SourceTable['apply'] = ({ sources, sourcesOf }) => {
    for (const cameraId of sourcesOf) byCamera.delete(cameraId);
    for (const row of sources) byCamera.set(row.cameraId, [...(byCamera.get(row.cameraId) ?? []), row]);
  };
  apply({ sources: await store.readSources(), sourcesOf: [] });

  return {
    apply,
    streamKeys: () => new Set([...byCamera.values()].flat().flatMap(({ url }) => streamKeyOf(url) ?? [])),
    rowsOf: (cameraId) => byCamera.get(cameraId) ?? [],
    sourceOf(cameraId, quality) {
      const known = camera(cameraId);
      if (known === null || !known.streams.includes(quality)) return null;
      const row = byCamera.get(cameraId)?.find((source) => source.quality === quality);
      if (row !== undefined) return sourceFrom(row);
      const loop = demoLoops?.loopOf(known, quality) ?? null;
      return loop === null ? null : { kind: 'demo', loop };
    },
  };
}
