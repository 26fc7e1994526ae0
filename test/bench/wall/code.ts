import { z } from 'zod';

/**
 * A code burned into the top of each picture, as 40 black or white squares: which camera and which frame it is. It is read from what the
 * page draws, so it proves on either side that the right picture is shown, that it moves, and how old it is.
 */
export const codeColumns = 40;

/** The strip's height as a part of the picture's. */
export const codeHeight = 16 / 360;

const frameBits = 12;
const head = [1, 0, 1, 0];
const tail = [0, 1, 0, 1];

/** What a picture says about itself. `frame` counts within the loop. */
export type Code = { readonly camera: number; readonly frame: number };

/** The squares of one frame, 0 or 255 each. */
export function writeCode({ camera, frame }: Code): Uint8Array {
  const flipped = ~frame & ((1 << frameBits) - 1);
  const bits = [...head, ...bitsOf(camera, 8), ...bitsOf(frame, frameBits), ...bitsOf(flipped, frameBits), ...tail];
  return Uint8Array.from(bits, (bit) => bit * 255);
}

/** Null when this is no such strip: the ends and the flipped copy must fit. */
export function readCode(squares: readonly number[]): Code | null {
  const bits = squares.map((value) => (value > 127 ? 1 : 0));
  const camera = numberOf(bits.slice(4, 12));
  const frame = numberOf(bits.slice(12, 24));
  const again = writeCode({ camera, frame });
  return bits.length === codeColumns && bits.every((bit, index) => bit * 255 === again[index]) ? { camera, frame } : null;
}

function bitsOf(value: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => (value >> (count - 1 - index)) & 1);
}

function numberOf(bits: readonly number[]): number {
  return bits.reduce((sum, bit) => sum * 2 + bit, 0);
}

/** What one video element of a page shows now. Times are epoch ms; null = never. */
export const Shown = z.object({
  atMs: z.number(),
  squares: z.array(z.number()),
  videoWidth: z.number(),
  widthPx: z.number(),
  heightPx: z.number(),
  total: z.number(),
  dropped: z.number(),
  firstFrameAtMs: z.number().nullable(),
});
export type Shown = z.infer<typeof Shown>;

/** Runs in each page before its own scripts: when each element's first frame came, and how often one ran dry. */
export const watchScript = `
(() => {
  const firsts = new WeakMap();
  const bench = { firsts, stalls: 0 };
  Object.defineProperty(globalThis, '__bench', { value: bench });
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    if (!firsts.has(this)) {
      firsts.set(this, null);
      this.requestVideoFrameCallback((now) => firsts.set(this, performance.timeOrigin + now));
    }
    return play.call(this);
  };
  document.addEventListener('waiting', () => { bench.stalls += 1; }, true);
})();`;

/** Counts of all elements, cheap enough for the edges of a measured window. */
export const countScript = `
({
  stalls: __bench.stalls,
  tiles: [...document.querySelectorAll('video')].map((video) => {
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    return { total: totalVideoFrames, dropped: droppedVideoFrames, firstFrameAtMs: __bench.firsts.get(video) ?? null };
  }),
})`;

/** What `countScript` gives. */
export const Counted = z.object({
  stalls: z.number(),
  tiles: z.array(z.object({ total: z.number(), dropped: z.number(), firstFrameAtMs: z.number().nullable() })),
});
export type Counted = z.infer<typeof Counted>;

/** Draws the strip of each element and reads it; run outside of measured windows. */
export const readScript = `
(() => {
  const canvas = document.createElement('canvas');
  canvas.width = ${codeColumns * 4};
  canvas.height = 4;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return [...document.querySelectorAll('video')].map((video) => {
    const { videoWidth, videoHeight } = video;
    const atMs = Date.now();
    if (videoWidth > 0) context.drawImage(video, 0, 0, videoWidth, videoHeight * ${codeHeight}, 0, 0, canvas.width, canvas.height);
    const { data } = context.getImageData(0, 2, canvas.width, 1);
    const squares = Array.from({ length: ${codeColumns} }, (_, index) => data[(index * 4 + 2) * 4]);
    const { width, height } = video.getBoundingClientRect();
    const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
    return { atMs, squares, videoWidth, widthPx: width, heightPx: height, total: totalVideoFrames, dropped: droppedVideoFrames,
      firstFrameAtMs: __bench.firsts.get(video) ?? null };
  });
})()`;
