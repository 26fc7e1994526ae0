/** Frames for deck.gl's own loop, which would ask for each of the display's for ever: it gets one when it was woken, and none while nothing happens. */
export type DeckFrames = {
  readonly requestAnimationFrame: (run: FrameRequestCallback) => number;
  readonly cancelAnimationFrame: (handle: number) => void;
  /** The loop's next turn comes with the page's next frame. */
  wake(): void;
};

type Clock = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'>;

/** Makes them; the first turn comes unasked. */
export function createDeckFrames(page: Clock): DeckFrames {
  let waiting: FrameRequestCallback | null = null;
  let asked: number | null = null;
  let isAwake = true;
  const ask = () => {
    if (waiting === null || asked !== null) return;
    asked = page.requestAnimationFrame((at) => {
      asked = null;
      isAwake = false;
      const run = waiting;
      waiting = null;
      run?.(at);
    });
  };
  return {
    requestAnimationFrame: (run) => {
      waiting = run;
      if (isAwake) ask();
      return 1;
    },
    cancelAnimationFrame: () => {
      waiting = null;
      if (asked !== null) page.cancelAnimationFrame(asked);
      asked = null;
    },
    wake: () => {
      isAwake = true;
      ask();
    },
  };
}
