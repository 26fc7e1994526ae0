import { createStore } from 'zustand/vanilla';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { CameraBook } from '../cameras/index.ts';
import type { DirectoryStore } from '../directory/index.ts';

/** The console holds the whole directory already: its camera book needs to ask nobody. */
export function bookOfDirectory(directory: DirectoryStore): CameraBook {
  const store = createStore<ReadonlyMap<CameraId, Camera | null>>(() => directory.getState()?.cameras ?? new Map());
  directory.subscribe((copy) => {
    if (copy !== null) store.setState(copy.cameras, true);
  });
  return { store, want: () => {} };
}
