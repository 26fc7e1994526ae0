import { describe, expect, it } from 'vitest';
import { demoSceneKinds, demoScenes } from '#platform/cameras/demo/index.ts';
import { type Canvas, createCanvas, createDrawing, type Drawing } from './index.ts';

function backdropOf(drawing: Drawing): Canvas {
  const canvas = createCanvas();
  drawing.backdrop(canvas);
  return canvas;
}

function pictureAt({ drawing, backdrop, share }: { drawing: Drawing; backdrop: Canvas; share: number }): Uint8Array {
  const canvas = { ...backdrop, pixels: backdrop.pixels.slice() };
  drawing.frame(canvas, share);
  return canvas.pixels;
}

/** How many of every seventh value differ by more than what an encoder would swallow. */
function difference(one: Uint8Array, other: Uint8Array): number {
  let differing = 0;
  for (let index = 0; index < one.length; index += 7) {
    if (Math.abs(one[index]! - other[index]!) > 8) differing += 1;
  }
  return differing;
}

function blackPixels(pixels: Uint8Array): number {
  let black = 0;
  for (let index = 0; index < pixels.length; index += 3) {
    if (pixels[index]! + pixels[index + 1]! + pixels[index + 2]! === 0) black += 1;
  }
  return black;
}

// One scene of each kind, the first that the demo has.
const scenes = demoSceneKinds.map((kind) => demoScenes().find(({ scene }) => scene === kind)!);

// Pictures are big and machines are busy: the limit only ends what hangs.
describe.each(scenes)('the drawing of $scene', { timeout: 60_000 }, (scene) => {
  const drawing = createDrawing(scene);

  it('is the same in every pixel when it is made again', () => {
    const again = createDrawing(scene);
    const pictures = [drawing, again].map((one) => pictureAt({ drawing: one, backdrop: backdropOf(one), share: 0.4 }));
    expect(Buffer.compare(pictures[0]!, pictures[1]!)).toBe(0);
  });

  it('moves all along its loop, closes without a jump and leaves no pixel unpainted', () => {
    const backdrop = backdropOf(drawing);
    const at = (second: number) => pictureAt({ drawing, backdrop, share: (second % scene.periodS) / scene.periodS });
    const steps = Array.from({ length: scene.periodS / 2 }, (_, index) => 2 * index).map((second) =>
      difference(at(second), at(second + 0.4)),
    );
    const seam = difference(at(scene.periodS - 0.2), at(0.2));
    expect({ stillSteps: steps.filter((moved) => moved === 0), black: blackPixels(at(0)) }).toEqual({ stillSteps: [], black: 0 });
    expect(seam).toBeLessThanOrEqual(Math.max(...steps) * 1.5);
  });
});

describe('scenes of one kind', { timeout: 60_000 }, () => {
  it('do not show the same place twice', () => {
    const gauges = demoScenes().filter(({ scene }) => scene === 'riverGauge');
    const [first, ...others] = gauges.map((scene) => backdropOf(createDrawing({ ...scene, light: 'day' })).pixels);
    expect(others.map((other) => difference(first!, other) > 2000)).toEqual(others.map(() => true));
  });
});
