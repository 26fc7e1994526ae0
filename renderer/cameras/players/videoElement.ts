import type { BufferedRange } from './liveEdge.ts';

/** What an element has buffered, oldest first. */
export function bufferedOf({ buffered }: HTMLVideoElement): readonly BufferedRange[] {
  return Array.from({ length: buffered.length }, (_, index) => ({ startS: buffered.start(index), endS: buffered.end(index) }));
}

/** Tells the media time of each new frame that was put on glass, and all else that is known of it; returns the unsubscriber. */
export function watchFrames(
  video: HTMLVideoElement,
  onFrame: (mediaTime: number, metadata: VideoFrameCallbackMetadata) => void,
): () => void {
  let request = 0;
  const next: VideoFrameRequestCallback = (_, metadata) => {
    request = video.requestVideoFrameCallback(next);
    onFrame(metadata.mediaTime, metadata);
  };
  request = video.requestVideoFrameCallback(next);
  return () => video.cancelVideoFrameCallback(request);
}

/** Lets go of whatever the element plays; elements that are not emptied in this order keep their decoder (media.md, "Chromium"). */
export function detachMedia(video: HTMLVideoElement): void {
  video.pause();
  video.removeAttribute('src');
  video.srcObject = null;
  video.playbackRate = 1;
  video.load();
}
