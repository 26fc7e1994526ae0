/**
 * The last picture of a tile, for when its stream is gone or is opened again. In memory only, of the size it is looked at:
 * live pictures never touch a disk.
 */
export type LastPicture = {
  readonly canvas: HTMLCanvasElement;
  /** Keeps what the element shows now, if it shows anything. */
  take(video: HTMLVideoElement): void;
  wipe(): void;
};

const greatestWidthPx = 1280;

/** An empty one. */
export function createLastPicture(page: Document): LastPicture {
  const canvas = page.createElement('canvas');
  return {
    canvas,
    take: (video) => {
      if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
      const scale = Math.min(1, greatestWidthPx / video.videoWidth);
      canvas.width = Math.round(video.videoWidth * scale);
      canvas.height = Math.round(video.videoHeight * scale);
      canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
    },
    wipe: () => {
      // Setting its size empties a canvas.
      canvas.width = 1;
    },
  };
}
