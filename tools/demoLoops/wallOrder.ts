import type { DemoScene } from '#platform/cameras/demo/index.ts';

/** As many as the first display of a new room shows (main/wall, "firstScene"): with these the room opens, the rest is drawn meanwhile. */
export const firstWallSize = 9;

/** Scenes whose cameras are masked by default (contract/cameras, CameraClass): a new room shows none of them. */
const maskedScenes: ReadonlySet<DemoScene['scene']> = new Set(['schoolGate']);

/** Scenes in the order in which a new room's wall takes their cameras: one of each town in turn; the masked ones at the end. */
export function inWallOrder(scenes: readonly DemoScene[]): readonly DemoScene[] {
  const shown = scenes.filter(({ scene }) => !maskedScenes.has(scene));
  const towns = [...Map.groupBy(shown, ({ town }) => town).values()];
  const rounds = Math.max(0, ...towns.map((own) => own.length));
  const inTurn = Array.from({ length: rounds }, (_, round) => towns.flatMap((own) => own[round] ?? [])).flat();
  return [...inTurn, ...scenes.filter(({ scene }) => maskedScenes.has(scene))];
}
