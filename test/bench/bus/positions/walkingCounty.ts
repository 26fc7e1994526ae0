import { ResponderStatus } from '#contract/responders/index.ts';
import type { PositionReport } from '#platform/responders/index.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';

/** Somebody of the bench, by his number; ids sort like numbers, so that every side numbers them alike. */
export const responderIdOf = (index: number) => `r-${String(index).padStart(5, '0')}`;

/** Everybody somewhere in a county of 60 km; with each tick all of them are a step further. Drawn from a fixed seed. */
export function walkingCounty(size: number) {
  const random = seededRandomness({ seed: 20_260_801, label: 'bench' });
  const starts = Array.from({ length: size }, () => ({ lng: 108 + random() * 0.6, lat: 34 + random() * 0.55 }));
  return (tick: number, nowMs: number): readonly PositionReport[] =>
    starts.map(({ lng, lat }, index) => ({
      responderId: responderIdOf(index),
      measuredAtMs: nowMs - (index % 6) * 1_000,
      lng: lng + tick * 0.000_01,
      lat: lat + tick * 0.000_01,
      headingDeg: (index * 7) % 360,
      status: ResponderStatus.options[index % 6] ?? 'available',
    }));
}
