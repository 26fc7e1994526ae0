import { createLastPicture } from './lastPicture.ts';

/** What a picture puts into the page: its elements, the newest one beneath, and the last picture over them. */
export type Stage = {
  /** Puts everything into an element of the page. */
  show(host: HTMLElement): void;
  /** Adds an element beneath what is shown: its first frame comes up when the one above is taken away. */
  put(video: HTMLVideoElement): void;
  /** Covers the elements; keeps what `video` shows now, if it shows anything. */
  cover(video: HTMLVideoElement | null): void;
  /** Takes the last picture away and forgets it: the next one is of what comes now, or there is none. */
  uncover(): void;
  /** Wipes the last picture. */
  forget(): void;
  clear(): void;
};

/** An empty stage. */
export function createStage(page: Document): Stage {
  const last = createLastPicture(page);
  let host: HTMLElement | null = null;
  let waiting: HTMLVideoElement[] = [];
  return {
    show: (element) => {
      const moved = host === null ? waiting : [...host.children].filter((child) => child !== last.canvas);
      host = element;
      element.replaceChildren(...moved, last.canvas);
      waiting = [];
    },
    put: (video) => {
      if (host === null) waiting = [video, ...waiting];
      else host.prepend(video);
    },
    cover: (video) => {
      if (video !== null) last.take(video);
      last.canvas.dataset['shown'] = 'true';
    },
    uncover: () => {
      last.canvas.dataset['shown'] = 'false';
      last.wipe();
    },
    forget: last.wipe,
    clear: () => {
      waiting = [];
      host = null;
      last.canvas.remove();
    },
  };
}
