import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { RoomAccess } from '../room/index.ts';

/** What a window knows of the cameras it shows. A camera that is null does not exist for this desk; one that is absent is being asked for. */
export type CameraBook = {
  readonly store: StoreApi<ReadonlyMap<CameraId, Camera | null>>;
  /** Says that this camera is shown. */
  want(cameraId: CameraId): void;
};

// contract/bridge, camerasById.
const maxPerQuestion = 64;

/** A book that asks main for just the cameras that are wanted, and again when the directory changed or main was away. */
export function createCameraBook({ store: room, ask }: Pick<RoomAccess, 'store' | 'ask'>): CameraBook {
  const store = createStore<ReadonlyMap<CameraId, Camera | null>>(() => new Map());
  const wanted = new Set<CameraId>();
  const asked = new Set<CameraId>();
  let isScheduled = false;

  const fetchMissing = async (): Promise<void> => {
    isScheduled = false;
    const missing = [...wanted].filter((cameraId) => !asked.has(cameraId)).slice(0, maxPerQuestion);
    if (missing.length === 0) return;
    for (const cameraId of missing) asked.add(cameraId);
    const answer = await ask('camerasById', { cameraIds: missing });
    if (!answer.ok) {
      // Cut off: the next hello asks again.
      for (const cameraId of missing) asked.delete(cameraId);
      return;
    }
    const found = new Map(answer.value.map((camera) => [camera.id, camera]));
    store.setState((book) => new Map([...book, ...missing.map((cameraId) => [cameraId, found.get(cameraId) ?? null] as const)]), true);
    schedule();
  };
  const schedule = (): void => {
    if (isScheduled) return;
    isScheduled = true;
    queueMicrotask(() => void fetchMissing());
  };
  room.subscribe((now, before) => {
    const isBack = now?.bridge === 'open' && before?.bridge !== 'open';
    if (!isBack && now?.directoryRevision === before?.directoryRevision) return;
    asked.clear();
    schedule();
  });
  return {
    store,
    want: (cameraId) => {
      if (wanted.has(cameraId)) return;
      wanted.add(cameraId);
      schedule();
    },
  };
}
