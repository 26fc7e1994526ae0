import type { Clock } from '#contract/values/index.ts';
import type { MediaFragment } from '../boxes/mediaReader.ts';
import { createStreamMeter, type StreamMeter } from '../probe/streamMeter.ts';
import { createFlowFigures, type FlowFigures } from '../truth/flowFigures.ts';
import { createCameraClock } from './cameraClock.ts';
import type { SourceFragment } from './pictures.ts';

/** Reads what a source's fragments say of it: its clock, how it flows, what its picture is. */
export type FragmentReader = {
  /** Another run begins. */
  begin(): void;
  take(fragment: MediaFragment, run: number): SourceFragment;
  lastPictureAtMs(): number | null;
  figures(flow: 'flows' | 'stands'): FlowFigures;
  readonly meter: Omit<StreamMeter, 'add'>;
};

export function createFragmentReader({ clock, onOffset }: { clock: Clock; onOffset: (offsetMs: number) => void }): FragmentReader {
  const meter = createStreamMeter();
  const flow = createFlowFigures();
  // It goes on over restarts: the camera's clock is the same one.
  const cameraClock = createCameraClock(onOffset);
  let fragments = 0;
  let lastPictureAtMs: number | null = null;
  return {
    begin: cameraClock.begin,
    take(fragment, run) {
      fragments += 1;
      const { bytes, isKey, mediaTime, durationS, samples } = fragment;
      const arrivedAtMs = clock.nowMs();
      lastPictureAtMs = arrivedAtMs;
      const read = cameraClock.read(fragment, arrivedAtMs);
      const seen = { number: fragments, run, bytes, isKey, mediaTime, durationS, arrivedAtMs, ...read };
      flow.add({ ...seen, samples });
      meter.add(fragment, arrivedAtMs);
      return seen;
    },
    lastPictureAtMs: () => lastPictureAtMs,
    figures: flow.now,
    meter,
  };
}
