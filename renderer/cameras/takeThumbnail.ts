import type { Camera } from '#contract/cameras/index.ts';
import { thumbnailLimits } from '#contract/wall/index.ts';
import type { PixelBuffers, TakeThumbnail } from '../wall/index.ts';
import type { PictureState } from './picture/pictureView.ts';
import { shrinkPixels } from './shrinkPixels.ts';

/** Draws what a tile shows, small: only what it proves to be a picture of now, and only in memory. */
export async function takeThumbnail({
  camera,
  host,
  state: { tile },
  buffers,
}: {
  camera: Camera;
  host: HTMLElement | null;
  state: PictureState;
  buffers: PixelBuffers;
}): ReturnType<TakeThumbnail> {
  const video = shownVideo(host);
  const isProven = tile.kind === 'live' || tile.kind === 'unmoving';
  if (!isProven || video === null || video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
  const width = thumbnailLimits.widthPx;
  const sheet = buffers.takeSheet({ width, height: Math.round((width * video.videoHeight) / video.videoWidth) });
  try {
    // Every pixel of the sheet is written anew: nothing of another camera's picture is left on it.
    sheet.canvas.getContext('2d', { willReadFrequently: true })?.putImageData(await drawSmall({ video, buffers, to: sheet.image }), 0, 0);
    const jpeg = await sheet.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
    return { cameraId: camera.id, pictureAtMs: tile.pictureAtMs, jpeg: new Uint8Array(await jpeg.arrayBuffer()) };
  } finally {
    buffers.giveBackSheet(sheet);
  }
}

/** The element whose picture is seen: a rendition that is not proven yet plays beneath it, before it in the page. */
function shownVideo(host: HTMLElement | null): HTMLVideoElement | null {
  return [...(host?.querySelectorAll('video') ?? [])].at(-1) ?? null;
}

/**
 * By hand: an element that is drawn on a canvas leaves its whole picture behind in the browser's cache of decoded images, 1.8 MiB each time, up to
 * hundreds of MiB in a window that runs for months.
 */
async function drawSmall({ video, buffers, to }: { video: HTMLVideoElement; buffers: PixelBuffers; to: ImageData }): Promise<ImageData> {
  const frame = new VideoFrame(video);
  const pixels = buffers.take(frame.allocationSize({ format: 'RGBA' }));
  try {
    await frame.copyTo(pixels, { format: 'RGBA' });
    const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
    return shrinkPixels({ from: { data: pixels, width, height }, to });
  } finally {
    frame.close();
    buffers.giveBack(pixels);
  }
}
