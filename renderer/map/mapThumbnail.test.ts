import { expect, test } from 'vitest';
import { createMapThumbnail } from './mapThumbnail.ts';

/** A map is read from its own canvas. */
const unused = (): never => {
  throw new Error('no buffer is needed for a map');
};

/** A map that draws when the test says so, and each picture of it numbered. */
function open() {
  const listeners = new Set<() => void>();
  const frame = () => listeners.forEach((listener) => listener());
  let nowMs = 1_000;
  let drawn = 0;
  let whileMade = () => {};
  const canvas = {} as HTMLCanvasElement;
  const { take, stop } = createMapThumbnail({
    engine: {
      onFrame: (told) => {
        const listener = told as () => void;
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      drawNow: () => {
        drawn += 1;
        frame();
        return canvas;
      },
    },
    nowMs: () => nowMs,
    shrink: async () => {
      whileMade();
      return new Uint8Array([drawn]);
    },
  });
  const picture = async () => {
    const taken = await take({ take: unused, giveBack: unused, takeSheet: unused, giveBackSheet: unused });
    return [taken?.cameraId, taken?.pictureAtMs, taken?.jpeg[0]];
  };
  return {
    ...{ frame, picture, stop, listeners },
    later: () => void (nowMs += 5_000),
    whileMade: (run: () => void) => void (whileMade = run),
    drawn: () => drawn,
  };
}

test('a map that stands still is drawn small once, and its picture goes again with the time of now', async () => {
  const { picture, later, drawn } = open();
  const first = await picture();
  later();
  const second = await picture();
  expect([first, second, drawn()]).toEqual([[null, 1_000, 1], [null, 6_000, 1], 1]);
});

test('a map that was drawn since is taken anew', async () => {
  const { picture, later, frame } = open();
  await picture();
  frame();
  later();
  expect(await picture()).toEqual([null, 6_000, 2]);
});

test('what was drawn while the picture was made is not lost', async () => {
  const { picture, whileMade, frame, later } = open();
  whileMade(() => queueMicrotask(frame));
  await picture();
  whileMade(() => {});
  later();
  expect(await picture()).toEqual([null, 6_000, 2]);
});

test('whoever stops listens to no frame any more', async () => {
  const { picture, stop, listeners } = open();
  await picture();
  stop();
  expect(listeners.size).toBe(0);
});
