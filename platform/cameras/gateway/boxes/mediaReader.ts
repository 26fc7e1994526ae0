import { type Box, createBoxReader } from './boxReader.ts';
import { viewOf } from './boxTree.ts';
import { parameterSetIn } from './parameterSet.ts';
import { parseFragment } from './parseFragment.ts';
import { type InitFacts, parseInit } from './parseInit.ts';
import { hasBSlice } from './sliceTypes.ts';
import type { VideoFacts } from './videoFacts.ts';

/**
 * What ffmpeg's pipe said. After `unplayable` and `changed` nothing follows: the picture has another size or form than the init segment
 * says, and only a new start tells windows so.
 */
export type MediaEvent =
  | { readonly kind: 'init'; readonly init: MediaInit }
  | { readonly kind: 'fragment'; readonly fragment: MediaFragment }
  /** A picture that windows cannot show as it is, and that is to be looked at all the same: its fragments follow. */
  | { readonly kind: 'foreign'; readonly init: MediaInit }
  | { readonly kind: 'changed' }
  /** `isForeignCodec`: a picture that only has to be encoded anew. */
  | { readonly kind: 'unplayable'; readonly why: string; readonly isForeignCodec?: boolean; readonly init?: MediaInit };

/** ftyp + moov, the MIME type a MediaSource wants (for a foreign codec none would take it), and what it says of the picture. */
export type MediaInit = {
  readonly bytes: Uint8Array;
  readonly mimeType: string;
  readonly video: VideoFacts;
  readonly widthPx: number;
  readonly heightPx: number;
};

/** moof + mdat. Seconds; `samples` are its pictures; `clockMs` is the wall clock of its `prft` box (epoch ms), whoever's clock that is. */
export type MediaFragment = {
  readonly bytes: Uint8Array;
  readonly isKey: boolean;
  readonly mediaTime: number;
  readonly durationS: number;
  readonly samples: number;
  /** Some of its pictures wait for later ones. */
  readonly hasBFrames: boolean;
  readonly clockMs: number | null;
};

/** Turns the bytes of one ffmpeg process into an init segment and fragments. Garbage and codecs that windows cannot show end it. */
export type MediaReader = { push(chunk: Uint8Array): readonly MediaEvent[] };

/**
 * Fragments are moved so that the first one starts at `startAtS`: media time of a source never runs backwards over a restart, and a
 * window needs no offset of its own. `isMeasured` is asked when a codec comes that windows cannot show: false ends it.
 */
export function createMediaReader({ startAtS, isMeasured = () => false }: { startAtS: number; isMeasured?: () => boolean }): MediaReader {
  const boxes = createBoxReader();
  let ftyp: Uint8Array = new Uint8Array(0);
  let init: InitFacts | null = null;
  let clockMs: number | null = null;
  let moof: Uint8Array | null = null;
  let shiftTicks: number | null = null;
  let parameterSet: Uint8Array | null = null;
  let isOver = false;

  const readMoov = (moov: Uint8Array): MediaEvent => {
    init = parseInit(moov);
    if (init === null) return { kind: 'unplayable', why: 'unreadable moov' };
    const { codec, sampleEntry, video, widthPx, heightPx } = init;
    const told = { bytes: joined(ftyp, moov), mimeType: `video/mp4; codecs="${codec ?? sampleEntry}"`, video, widthPx, heightPx };
    if (codec !== null) return { kind: 'init', init: told };
    if (isMeasured()) return { kind: 'foreign', init: told };
    return { kind: 'unplayable', why: `codec ${sampleEntry}`, isForeignCodec: true, init: told };
  };

  // Compared with the first one that came with the pictures: what a camera says beforehand is often another one.
  const hasChanged = (mdat: Uint8Array): boolean => {
    const next = parameterSetIn(mdat);
    if (next === null) return false;
    const before = parameterSet;
    parameterSet = next;
    return before !== null && Buffer.compare(before, next) !== 0;
  };

  const readMdat = (mdat: Uint8Array): MediaEvent => {
    const facts = init === null || moof === null ? null : parseFragment(moof, init);
    if (init === null || moof === null || facts === null) return { kind: 'unplayable', why: 'unreadable moof' };
    if (facts.isKey && init.codec !== null && hasChanged(mdat)) return { kind: 'changed' };
    shiftTicks ??= Math.ceil(startAtS * init.timescale) - facts.startTicks;
    const ticks = Math.max(0, facts.startTicks + shiftTicks);
    const bytes = joined(moof, mdat);
    viewOf(bytes).setBigUint64(facts.decodeTimeAt, BigInt(ticks));
    const fragment = {
      bytes,
      isKey: facts.isKey,
      mediaTime: ticks / init.timescale,
      durationS: facts.durationTicks / init.timescale,
      samples: facts.samples,
      hasBFrames: init.codec === null ? facts.isReordered : hasBSlice(mdat),
      clockMs,
    };
    moof = null;
    clockMs = null;
    return { kind: 'fragment', fragment };
  };

  const readBox = ({ type, bytes }: Box): MediaEvent | null => {
    if (type === 'ftyp') ftyp = bytes;
    else if (type === 'prft') clockMs = readClock(bytes);
    else if (type === 'moof') moof = bytes;
    else if (type === 'moov') return readMoov(bytes);
    else if (type === 'mdat') return readMdat(bytes);
    return null;
  };

  return {
    push(chunk) {
      if (isOver) return [];
      const events: MediaEvent[] = [];
      const { boxes: whole, fault } = boxes.push(chunk);
      for (const box of whole) {
        const event = readBox(box);
        if (event !== null) events.push(event);
        isOver = event?.kind === 'unplayable' || event?.kind === 'changed';
        if (isOver) return events;
      }
      if (fault !== null) events.push({ kind: 'unplayable', why: fault });
      isOver = fault !== null;
      return events;
    },
  };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(first.length + second.length);
  bytes.set(first);
  bytes.set(second, first.length);
  return bytes;
}

// Seconds between 1900 (NTP) and 1970.
const ntpEpochS = 2_208_988_800;

function readClock(prft: Uint8Array): number | null {
  if (prft.length < 24) return null;
  const view = viewOf(prft);
  return Math.round((view.getUint32(16) - ntpEpochS) * 1000 + (view.getUint32(20) / 2 ** 32) * 1000);
}
