import type { Randomness } from '#contract/values/index.ts';
import { between } from '#platform/demo/randomness.ts';
import { type Canvas, type Colour, fillPolygon, pictureSize, type Spot } from './canvas.ts';
import type { Light } from './light.ts';
import { passage, type Share } from './motion.ts';
import { carPaint, paintCarOnRoad } from './things.ts';

/** A straight road that runs away from the viewer: where it vanishes and how wide it is at the lower edge. */
export type Road = { readonly vanish: Spot; readonly width: number };

// How near the far end of the road is, as a share of the lower edge's scale.
const farthest = 0.04;

/** A place on the road. `near` 1 = the picture's lower edge, 0 = the vanishing point; `across` -1 = left edge, 1 = right edge. */
export function onRoad(road: Road, { near, across }: { near: number; across: number }): Spot {
  const depth = pictureSize.height - road.vanish[1];
  return [road.vanish[0] + (640 - road.vanish[0]) * near * 0.35 + across * (road.width / 2) * near, road.vanish[1] + depth * near];
}

/** The tarmac with its edge lines and the broken line in the middle. */
export function paintRoad(canvas: Canvas, { road, light }: { road: Road; light: Light }) {
  const quad = (near: readonly [number, number], across: readonly [number, number], colour: Colour) => {
    const points = [
      onRoad(road, { near: near[0], across: across[0] }),
      onRoad(road, { near: near[0], across: across[1] }),
      onRoad(road, { near: near[1], across: across[1] }),
      onRoad(road, { near: near[1], across: across[0] }),
    ];
    fillPolygon(canvas, { points, colour });
  };
  quad([0.01, 1.1], [-1.12, 1.12], light.paint('#6d7468'));
  quad([0.01, 1.1], [-1, 1], light.paint('#50575b'));
  quad([0.01, 1.1], [-0.93, -0.9], light.paint('#b9bfbd'));
  quad([0.01, 1.1], [0.9, 0.93], light.paint('#b9bfbd'));
  for (let distance = 1; distance < 24; distance += 2)
    quad([1.25 / distance, 1.25 / (distance + 1)], [-0.014, 0.014], light.paint('#c3b47a'));
}

/** Cars at even speed on a road, coming on the left (right-hand traffic) and going on the right. */
export function createTraffic(
  random: Randomness,
  { road, light, coming, going, size }: { road: Road; light: Light; coming: number; going: number; size: number },
) {
  const cars = [
    ...Array.from({ length: coming }, (_, index) => ({ side: 'front' as const, starts: (index + random() * 0.5) / coming })),
    ...Array.from({ length: going }, (_, index) => ({ side: 'back' as const, starts: (index + random() * 0.5) / going })),
  ].map((car) => ({ ...car, paint: carPaint(random, light), lasts: between(random, [0.34, 0.46]), shift: between(random, [-0.05, 0.05]) }));
  return (canvas: Canvas, share: Share) => {
    const seen = cars.flatMap((car) => {
      const progress = passage(share, car);
      if (progress === null) return [];
      // Even speed: what is on the picture grows as one over the distance.
      const left = car.side === 'front' ? progress : 1 - progress;
      return [{ ...car, near: (farthest * 1.3) / (1 + farthest - left) }];
    });
    for (const { near, side, paint, shift } of seen.toSorted((one, other) => one.near - other.near)) {
      const foot = onRoad(road, { near, across: (side === 'front' ? -0.47 : 0.47) + shift });
      paintCarOnRoad(canvas, { foot, size: size * near, paint, side, light, alpha: Math.min(1, (near - farthest) * 60) });
    }
  };
}
