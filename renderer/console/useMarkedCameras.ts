import { useStore } from 'zustand';
import type { CameraId } from '#contract/values/index.ts';
import { useConsole, useDirectory } from './ConsoleContext.tsx';

/** Cameras that are marked to be carried together, in the order in which they were marked; those that the directory lost are left out. */
export function useMarkedCameras(): readonly CameraId[] {
  const { tree } = useConsole();
  const directory = useDirectory();
  const marked = useStore(tree.store, (state) => state.marked);
  return [...marked].filter((cameraId) => directory?.cameras.has(cameraId) === true);
}
