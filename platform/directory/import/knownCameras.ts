import type { Camera } from '#contract/cameras/index.ts';
import { type CameraId, granted, type Result, refused } from '#contract/values/index.ts';
import { lostZeros } from './identifiers.ts';

type Keys = { readonly id: CameraId | null; readonly gbId: string | null; readonly number: string | null };

/** The cameras that the directory has, to be found by what a list calls them. */
export type KnownCameras = {
  /** The camera that a row speaks of; null = a new one. Refused when the row's two keys belong to two cameras. */
  find(keys: Keys): Result<Camera | null, string>;
};

export function createKnownCameras(cameras: readonly Camera[]): KnownCameras {
  const byGbId = new Map(cameras.flatMap((camera) => (camera.gbId === null ? [] : [[camera.gbId, camera] as const])));
  const byId = new Map(cameras.map((camera) => [camera.id, camera]));
  const byNumber = new Map(cameras.map((camera) => [camera.number, camera]));
  return {
    find({ id, gbId, number }) {
      const own = id === null ? undefined : byId.get(id);
      const national = gbId === null ? undefined : byGbId.get(gbId);
      const spoken = number === null ? undefined : byNumber.get(number);
      if (national !== undefined && spoken !== undefined && national.id !== spoken.id) {
        return refused('directory.import.twoCameras', { gbId: gbId ?? '', number: number ?? '' });
      }
      // The same short number under another national id is another camera: numbers are spoken, ids are exact.
      if (spoken !== undefined && gbId !== null && spoken.gbId !== null && spoken.gbId !== gbId) {
        return refused('directory.import.numberTaken', { number: spoken.number, gbId: spoken.gbId });
      }
      // Beside a national id a short number is only a name; alone it is the key.
      const likely = gbId === null && number !== null ? lostZeros({ text: number, isKnown: (text) => byNumber.has(text) }) : null;
      if (likely !== null) return refused('directory.import.leadingZeroLost', { likely });
      return granted(own ?? national ?? spoken ?? null);
    },
  };
}
