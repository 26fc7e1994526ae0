import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { shownTiles } from '#contract/wall/index.ts';
import { cameraOf } from '../cameras/index.ts';
import { isConnected } from '../directory/index.ts';
import { useRoom } from '../room/index.ts';
import { byNumber } from '../wall/index.ts';
import { useConsoleState, useDirectory } from './ConsoleContext.tsx';

/** The camera the console looks at: the one that was chosen, else the first of the Wall, else the first connected one. */
export function useSelectedCamera(): Camera | null {
  const directory = useDirectory();
  const chosen = useConsoleState(({ selected }) => selected);
  const onWall = useRoom(({ wall }): CameraId | null => {
    for (const scene of byNumber(wall.displays)) {
      for (const tile of shownTiles(scene)) {
        const cameraId = cameraOf(tile);
        if (cameraId !== null) return cameraId;
      }
    }
    return null;
  });
  if (directory === null) return null;
  const preferred = directory.cameras.get((chosen ?? onWall ?? '') as CameraId);
  return preferred ?? [...directory.cameras.values()].find(isConnected) ?? null;
}
