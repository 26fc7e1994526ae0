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
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.6 });
  return { cameraId: camera.id, pictureAtMs: tile.pictureAtMs, jpeg: new Uint8Array(await jpeg.arrayBuffer()) };
}

/** The element whose picture is seen: a rendition that is not proven yet plays beneath it, before it in the page. */
function shownVideo(host: HTMLElement | null): HTMLVideoElement | null {
  return [...(host?.querySelectorAll('video') ?? [])].at(-1) ?? null;
}
