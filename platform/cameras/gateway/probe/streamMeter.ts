import type { MediaFragment, MediaInit } from '../boxes/mediaReader.ts';

/** What a source's pictures were seen to be, over its newest run. Null where that run does not say. */
export type StreamMeasured = {
  /** Of the camera's own picture, also where windows get an encoded one. */
  readonly camera: Pick<MediaInit, 'video' | 'widthPx' | 'heightPx'>;
  readonly form: 'asItIs' | 'foreign' | 'encoded';
  /** How many sizes or forms its picture had since the source was opened. */
  readonly sizes: number;
  readonly framesPerSecond: number | null;
  readonly bitsPerSecond: number | null;
  readonly group: { readonly frames: number; readonly seconds: number; readonly isAtLeast: boolean } | null;
  /** Whole groups that were seen. */
  readonly groups: number;
  readonly hasBFrames: boolean | null;
  readonly firstPictureMs: number;
  /** How much of it was seen. Unit: s. */
  readonly seconds: number;
};

/** Counts one source's fragments for as long as it is open. A handful of numbers: it costs nothing to have it always. */
export type StreamMeter = {
  start(asked: { atMs: number; form: 'copied' | 'encoded' }): void;
  init(init: MediaInit, how: 'shown' | 'foreign'): void;
  /** Its picture became another one in the middle of a run. */
  changed(): void;
  add(fragment: Pick<MediaFragment, 'bytes' | 'isKey' | 'durationS' | 'samples' | 'hasBFrames'>, arrivedAtMs: number): void;
  /** Null before the first picture of the newest run. */
  read(): StreamMeasured | null;
};

// What is told of is how the camera is now: encoders change their groups with the scene.
const keptGroups = 8;
const rateOverS = 12;
const mostSizes = 100;

type Group = { readonly frames: number; readonly seconds: number };
type Counted = { readonly seconds: number; readonly frames: number; readonly bits: number };

export function createStreamMeter(): StreamMeter {
  const sizes = new Set<string>();
  let changes = 0;
  let camera: StreamMeasured['camera'] | null = null;
  let form: StreamMeasured['form'] = 'asItIs';
  let startedAtMs = 0;
  let firstPictureMs: number | null = null;
  let groups: Group[] = [];
  let current: Group | null = null;
  let counted: Counted[] = [];
  let seconds = 0;
  let hasBFrames = false;

  const takeKey = () => {
    if (current !== null) groups = [...groups, current].slice(-keptGroups);
    current = { frames: 0, seconds: 0 };
  };
  return {
    start({ atMs, form: next }) {
      // A camera that had to be encoded keeps what its own picture was, and how long its viewers waited is counted from the first start.
      if (next === 'copied') camera = null;
      if (next === 'copied' || form !== 'foreign') startedAtMs = atMs;
      form = next === 'encoded' ? 'encoded' : 'asItIs';
      [groups, current, counted, seconds, hasBFrames, firstPictureMs] = [[], null, [], 0, false, null];
    },
    init(init, how) {
      const { video, widthPx, heightPx } = init;
      if (how === 'foreign') form = 'foreign';
      if (form !== 'encoded') {
        camera = { video, widthPx, heightPx };
        if (sizes.size < mostSizes) sizes.add(`${widthPx}x${heightPx}`);
      } else camera ??= { video: { codec: '', profile: null, level: null }, widthPx, heightPx };
    },
    changed() {
      changes = Math.min(changes + 1, mostSizes - 1);
    },
    add(fragment, arrivedAtMs) {
      firstPictureMs ??= Math.max(0, Math.round(arrivedAtMs - startedAtMs));
      const { durationS, samples, bytes } = fragment;
      if (fragment.isKey) takeKey();
      if (current !== null) current = { frames: current.frames + samples, seconds: current.seconds + durationS };
      hasBFrames ||= fragment.hasBFrames;
      seconds += durationS;
      counted.push({ seconds: durationS, frames: samples, bits: bytes.length * 8 });
      while (sum(counted.slice(1), 'seconds') >= rateOverS) counted.shift();
    },
    read() {
      if (camera === null || firstPictureMs === null) return null;
      const isOwn = form !== 'encoded';
      const shownS = sum(counted, 'seconds');
      const rate = (of: 'frames' | 'bits') => (shownS > 0 ? sum(counted, of) / shownS : null);
      return {
        ...{ camera, form, firstPictureMs, seconds, sizes: Math.max(1 + changes, sizes.size) },
        framesPerSecond: rounded(rate('frames'), 0.1),
        bitsPerSecond: isOwn ? rounded(rate('bits'), 1_000) : null,
        group: isOwn ? longest(groups, current) : null,
        groups: groups.length,
        hasBFrames: isOwn ? hasBFrames : null,
      };
    },
  };
}

/** The longest group; the one that has not ended counts as soon as it is longer than all that have. */
function longest(groups: readonly Group[], current: Group | null): StreamMeasured['group'] {
  const [ended = null] = groups.toSorted((a, b) => b.seconds - a.seconds);
  const isOpenLonger = current !== null && current.seconds > (ended?.seconds ?? 0);
  const found = isOpenLonger ? current : ended;
  if (found === null || found.frames === 0) return null;
  return { frames: found.frames, seconds: Math.round(found.seconds * 100) / 100, isAtLeast: isOpenLonger };
}

function sum(counted: readonly Counted[], of: keyof Counted): number {
  return counted.reduce((total, each) => total + each[of], 0);
}

function rounded(value: number | null, to: number): number | null {
  return value === null ? null : Math.round(Math.round(value / to) * to * 10) / 10;
}
