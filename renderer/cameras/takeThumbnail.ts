import type { Camera } from '#contract/cameras/index.ts';
import { thumbnailLimits } from '#contract/wall/index.ts';
import type { TakeThumbnail } from '../wall/index.ts';
import type { PictureState } from './picture/pictureView.ts';

/** Draws what a tile shows, small: only what it proves to be a picture of now, and only in memory. */
export async function takeThumbnail({
  camera,
  host,
  state: { tile },
}: {
  camera: Camera;
  host: HTMLElement | null;
  state: PictureState;
}): ReturnType<TakeThumbnail> {
  const video = shownVideo(host);
  const isProven = tile.kind === 'live' || tile.kind === 'unmoving';
  if (!isProven || video === null || video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const canvas = new OffscreenCanvas(thumbnailLimits.widthPx, Math.round((thumbnailLimits.widthPx * video.videoHeight) / video.videoWidth));
  canvas.getContext('2d')?.putImageData(await drawSmall({ video, width: canvas.width, height: canvas.height }), 0, 0);
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
  return { cameraId: camera.id, pictureAtMs: tile.pictureAtMs, jpeg: new Uint8Array(await jpeg.arrayBuffer()) };
}

/** The element whose picture is seen: a rendition that is not proven yet plays beneath it, before it in the page. */
function shownVideo(host: HTMLElement | null): HTMLVideoElement | null {
  return [...(host?.querySelectorAll('video') ?? [])].at(-1) ?? null;
}

/**
 * By hand: an element that is drawn on a canvas leaves its whole picture behind in the browser's cache of decoded images, 1.8 MiB each time, up to
 * hundreds of MiB in a window that runs for months.
 */
async function drawSmall({ video, width, height }: { video: HTMLVideoElement; width: number; height: number }): Promise<ImageData> {
  const frame = new VideoFrame(video);
  try {
    const { width: frameWidth, height: frameHeight } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    const pixels = new Uint8ClampedArray(frame.allocationSize({ format: 'RGBA' }));
    await frame.copyTo(pixels, { format: 'RGBA' });
    return shrink({ pixels, from: { width: frameWidth, height: frameHeight }, to: new ImageData(width, height) });
  } finally {
    frame.close();
  }
}

/** The mean of four pixels about each place. */
function shrink({ pixels, from, to }: { pixels: Uint8ClampedArray; from: { width: number; height: number }; to: ImageData }): ImageData {
  const [stepX, stepY] = [from.width / to.width, from.height / to.height];
  const at = (x: number, y: number): number =>
    (Math.min(from.height - 1, Math.floor(y)) * from.width + Math.min(from.width - 1, Math.floor(x))) * 4;
  for (let y = 0; y < to.height; y += 1) {
    for (let x = 0; x < to.width; x += 1) {
      const [left, right, top, bottom] = [(x + 0.25) * stepX, (x + 0.75) * stepX, (y + 0.25) * stepY, (y + 0.75) * stepY];
      const four = [at(left, top), at(right, top), at(left, bottom), at(right, bottom)];
      for (let part = 0; part < 4; part += 1)
        to.data[(y * to.width + x) * 4 + part] = four.reduce((sum, begin) => sum + (pixels[begin + part] ?? 0), 0) / 4;
    }
  }
  return to;
}
