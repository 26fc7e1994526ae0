import { type DemoSceneKind, type StreamingCamera, streamingCameras } from '#platform/demo/streamingCameras.ts';

/** A demo camera with all that its loop is drawn from: same scene, same loop. */
export type DemoScene = StreamingCamera & {
  /** Feeds everything random in the drawing. */
  readonly seed: number;
  /** Length of the loop: whole groups of pictures, so that it closes without a jump. */
  readonly periodS: number;
  /** The burned-in clock at the loop's start, in seconds since midnight: it fits the light. */
  readonly clockStartS: number;
  readonly isMirrored: boolean;
};

const clockStartByLight = { day: 10 * 3600, overcast: 8 * 3600 + 1800, dusk: 18 * 3600 + 1500, night: 21 * 3600 + 2400 } as const;

// Only what has no driving side and no writing may be seen in a mirror.
const mirrorable: ReadonlySet<DemoSceneKind> = new Set([
  'hillside',
  'riverGauge',
  'forestTower',
  'wharf',
  'terraces',
  'reservoir',
  'granary',
  'square',
]);

/** What the 64 streaming cameras see. */
export function demoScenes(): readonly DemoScene[] {
  const seen = new Map<DemoSceneKind, number>();
  return streamingCameras().map((camera, index) => {
    const repeat = seen.get(camera.scene) ?? 0;
    seen.set(camera.scene, repeat + 1);
    return {
      ...camera,
      seed: 1000 + index,
      periodS: [16, 18, 20][index % 3] ?? 16,
      clockStartS: clockStartByLight[camera.light] + index * 41,
      isMirrored: mirrorable.has(camera.scene) && repeat % 2 === 1,
    };
  });
}
