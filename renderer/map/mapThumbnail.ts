import { thumbnailLimits } from '#contract/wall/index.ts';
import type { TakeThumbnail } from '../wall/index.ts';
import type { MapEngine } from './engine/index.ts';

type Ports = {
  readonly engine: Pick<MapEngine, 'drawNow' | 'onFrame'>;
  /** The platform's clock. */
  readonly nowMs: () => number;
  /** Makes a JPEG of at most this width of what is drawn on a canvas. */
  readonly shrink: (canvas: HTMLCanvasElement, widthPx: number) => Promise<Uint8Array>;
};

/**
 * The map as a small picture of its tile. A map that nothing was drawn of since is still what the glass shows: the same picture goes again with the
 * time of now, and costs no frame.
 */
export function createMapThumbnail({ engine, nowMs, shrink }: Ports): { readonly take: TakeThumbnail; readonly stop: () => void } {
  let drawn: Uint8Array | null = null;
  let isTaking = false;
  const stop = engine.onFrame(() => {
    // The frame that a picture is taken of is no news.
    if (!isTaking) drawn = null;
  });
  const draw = (): HTMLCanvasElement => {
    isTaking = true;
    const canvas = engine.drawNow();
    isTaking = false;
    return canvas;
  };
  return {
    take: async () => {
      const pictureAtMs = nowMs();
      if (drawn === null) {
        // Read within the task that drew it: the browser throws a frame away afterwards.
        const made = shrink(draw(), thumbnailLimits.widthPx);
        let isOld = false;
        const forget = engine.onFrame(() => void (isOld = true));
        const jpeg = await made;
        forget();
        if (!isOld) drawn = jpeg;
        return { cameraId: null, pictureAtMs, jpeg };
      }
      return { cameraId: null, pictureAtMs, jpeg: drawn };
    },
    stop,
  };
}

/** Draws a canvas small, at once, and makes a JPEG of it. */
export async function shrinkCanvas(canvas: HTMLCanvasElement, widthPx: number): Promise<Uint8Array> {
  const small = new OffscreenCanvas(widthPx, Math.max(1, Math.round((widthPx * canvas.height) / Math.max(1, canvas.width))));
  const context = small.getContext('2d');
  if (context !== null) {
    context.imageSmoothingQuality = 'high';
    context.drawImage(canvas, 0, 0, small.width, small.height);
  }
  const jpeg = await small.convertToBlob({ type: 'image/jpeg', quality: 0.7 });
  return new Uint8Array(await jpeg.arrayBuffer());
}
