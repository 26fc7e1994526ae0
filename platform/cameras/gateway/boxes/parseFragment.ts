import { type BoxPlace, boxAt, boxesIn, readOrNull, viewOf } from './boxTree.ts';
import type { InitFacts } from './parseInit.ts';

/** What a `moof` says: times in ticks of the track; `decodeTimeAt` is where its 64-bit decode time lies, to move it. */
export type FragmentFacts = {
  readonly startTicks: number;
  readonly durationTicks: number;
  readonly isKey: boolean;
  /** Pictures in it. */
  readonly samples: number;
  /** Whether its pictures are shown in another order than they are decoded in: some wait for later ones. */
  readonly isReordered: boolean;
  readonly decodeTimeAt: number;
};

// A quarter of a second holds 60 pictures at most; beyond this the numbers are garbage.
const maxSamples = 10_000;
const nonSyncSample = 0x1_0000;

/** Reads a `moof` box of one track (ISO/IEC 14496-12, 8.8); null when it is not readable. */
export function parseFragment(moof: Uint8Array, init: InitFacts): FragmentFacts | null {
  return readOrNull(() => {
    const view = viewOf(moof);
    const root = { type: 'moof', start: 0, payload: 8, end: moof.length };
    const traf = boxAt(view, { within: root, path: ['traf'] });
    const tfdt = boxAt(view, { within: traf, path: ['tfdt'] }).payload;
    if (view.getUint8(tfdt) !== 1) throw new RangeError('32-bit decode time');
    const defaults = readDefaults(view, { tfhd: boxAt(view, { within: traf, path: ['tfhd'] }).payload, init });
    const runs = boxesIn(view, { start: traf.payload, end: traf.end }).filter((box) => box.type === 'trun');
    const read = runs.map((run) => readRun(view, { run, defaults }));
    const [first] = read;
    if (first === undefined) throw new RangeError('no samples');
    return {
      startTicks: Number(view.getBigUint64(tfdt + 4)),
      durationTicks: read.reduce((sum, run) => sum + run.durationTicks, 0),
      isKey: (first.firstFlags & nonSyncSample) === 0,
      samples: read.reduce((sum, run) => sum + run.samples, 0),
      isReordered: read.some((run) => run.isReordered),
      decodeTimeAt: tfdt + 4,
    };
  });
}

type Defaults = { readonly duration: number; readonly flags: number };

function readDefaults(view: DataView, { tfhd, init }: { tfhd: number; init: InitFacts }): Defaults {
  const present = view.getUint32(tfhd) & 0xff_ffff;
  let at = tfhd + 8 + (present & 0x1 ? 8 : 0) + (present & 0x2 ? 4 : 0);
  const next = (flag: number, otherwise: number) => {
    if ((present & flag) === 0) return otherwise;
    at += 4;
    return view.getUint32(at - 4);
  };
  const duration = next(0x8, init.defaultDuration);
  next(0x10, 0);
  return { duration, flags: next(0x20, init.defaultFlags) };
}

function readRun(
  view: DataView,
  { run, defaults }: { run: BoxPlace; defaults: Defaults },
): { durationTicks: number; firstFlags: number; samples: number; isReordered: boolean } {
  const present = view.getUint32(run.payload) & 0xff_ffff;
  const samples = view.getUint32(run.payload + 4);
  if (samples === 0 || samples > maxSamples) throw new RangeError('samples');
  let at = run.payload + 8 + (present & 0x1 ? 4 : 0);
  let firstFlags = defaults.flags;
  if (present & 0x4) {
    firstFlags = view.getUint32(at);
    at += 4;
  }
  const has = { duration: present & 0x100, size: present & 0x200, flags: present & 0x400, offset: present & 0x800 };
  const sampleBytes = [has.duration, has.size, has.flags, has.offset].filter((flag) => flag !== 0).length * 4;
  if (at + samples * sampleBytes > run.end) throw new RangeError('samples do not fit');
  if (has.flags && !(present & 0x4)) firstFlags = view.getUint32(at + (has.duration ? 4 : 0) + (has.size ? 4 : 0));
  let durationTicks = has.duration ? 0 : samples * defaults.duration;
  if (has.duration) for (let sample = 0; sample < samples; sample += 1) durationTicks += view.getUint32(at + sample * sampleBytes);
  // The offset is the last field of a sample. One offset for all of them only says when the first one is shown.
  const offsetOf = (sample: number) => view.getInt32(at + (sample + 1) * sampleBytes - 4);
  let isReordered = false;
  if (has.offset) for (let sample = 1; sample < samples; sample += 1) isReordered ||= offsetOf(sample) !== offsetOf(0);
  return { durationTicks, firstFlags, samples, isReordered };
}
