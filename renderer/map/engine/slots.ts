import type { PositionColumns } from '#contract/responders/index.ts';
import type { InstancedSource } from './instancedLayer.ts';
import { makeSource } from './instancedSource.ts';
import { responderColumns } from './responderLayer.ts';

/** Places for responders on the card: as many as were ever needed, never fewer, so that nothing is made anew when somebody comes or goes. */
export type ResponderSlots = {
  /** Another object only when there are more slots. */
  source(): InstancedSource;
  /** Seconds of the card's clock: small enough for 32 bits to tell tenths. */
  secondsOf(epochMs: number): number;
  /** Takes what the columns say now; tells whether there are more slots than before. */
  take(columns: PositionColumns): 'same' | 'grown';
  readonly zeroMs: number;
};

// Grown in steps, so that a county that adds a grid worker a day remakes its buffers once a year.
const step = 1_024;
const headingRange = 512;

/** Makes slots for nobody yet. `zeroMs`: where the card's clock begins; a little before anything that is to be seen. */
export function createResponderSlots({ zeroMs }: { zeroMs: number }): ResponderSlots {
  let capacity = step;
  let source = makeSource(capacity, responderColumns);
  let used = 0;
  const secondsOf = (epochMs: number) => (epochMs - zeroMs) / 1000;
  const write = ({ lngLat, measuredAtMs, headingDeg, status }: PositionColumns) => {
    const { place, measured, turn } = arraysOf(source);
    const count = measuredAtMs.length;
    place.set(lngLat);
    for (let index = 0; index < count; index += 1) {
      const at = measuredAtMs[index] as number;
      // Whoever was heard of before the card's clock began is as old as it can say.
      measured[index] = at === 0 ? 0 : Math.max((at - zeroMs) / 1000, 0.001);
      turn[index] = (status[index] as number) * headingRange + (headingDeg[index] as number);
    }
    if (used > count) measured.fill(0, count, used);
    const to = Math.max(used, count);
    used = count;
    source.used = count;
    source.written.length = 0;
    for (const name of ['place', 'measured', 'turn']) source.written.push({ name, from: 0, to });
  };
  return {
    zeroMs,
    source: () => source,
    secondsOf,
    take(columns) {
      const needed = columns.measuredAtMs.length;
      const isGrown = needed > capacity;
      if (isGrown) {
        capacity = Math.ceil(needed / step) * step;
        source = makeSource(capacity, responderColumns);
      }
      write(columns);
      return isGrown ? 'grown' : 'same';
    },
  };
}

function arraysOf({ attributes }: InstancedSource) {
  const of = (name: string) => attributes[name]?.value as Float32Array;
  return { place: of('place'), measured: of('measured'), turn: of('turn') };
}
