import { detachMedia } from '../players/videoElement.ts';

/**
 * Video elements that are used again: Chromium stops playing after 1,000 media players of one page (media.md), and a room runs for months.
 */
export type VideoPool = {
  acquire(): HTMLVideoElement;
  release(video: HTMLVideoElement): void;
  /** Elements that are taken: each may hold a decoder. */
  inUse(): number;
};

/** A pool that makes an element when none is free. */
export function createVideoPool(page: Document): VideoPool {
  const free: HTMLVideoElement[] = [];
  const taken = new Set<HTMLVideoElement>();
  return {
    acquire: () => {
      const video = free.pop() ?? createVideo(page);
      taken.add(video);
      return video;
    },
    inUse: () => taken.size,
    release: (video) => {
      if (!taken.delete(video)) return;
      detachMedia(video);
      video.remove();
      free.push(video);
    },
  };
}

function createVideo(page: Document): HTMLVideoElement {
  const video = page.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.autoplay = true;
  video.disablePictureInPicture = true;
  return video;
}
