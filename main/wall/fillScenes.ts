import { createSerial } from '#contract/link/index.ts';
import type { DisplayKey } from '#contract/wall/index.ts';
import type { Directory } from '#main/directory/index.ts';
import { firstScene, spreadOverTowns } from './firstScene.ts';
import type { WallStore } from './wallStore.ts';

/**
 * Gives Displays their first scene, each once in its life: when it was seen and the directory is there. Called after either changed.
 * Returns without marking while there is no streaming camera to show.
 */
export function createSceneFiller({ wall, directory }: { wall: WallStore; directory: Pick<Directory, 'cameras' | 'regions'> }) {
  const inTurn = createSerial();

  async function fill(): Promise<void> {
    const displays = wall.state().displays.toSorted((a, b) => a.number - b.number);
    const waiting = displays.filter(({ displayKey }) => !wall.isFilled(displayKey));
    if (waiting.length === 0) return;
    const cameras = spreadOverTowns({ cameras: directory.cameras(), regions: directory.regions() });
    if (cameras.length === 0) return;
    for (const { displayKey } of waiting) await fillDisplay(displayKey);

    async function fillDisplay(displayKey: DisplayKey): Promise<void> {
      const { commands } = firstScene({ wall: wall.state(), displayKey, cameras });
      for (const command of commands) {
        const asked = await wall.ask(command, { personId: null });
        // A journal that cannot be written now: the Display stays unfilled and is tried again later.
        if (!asked.ok) return;
      }
      await wall.markFilled(displayKey);
    }
  }

  return { fill: () => inTurn(fill) };
}
