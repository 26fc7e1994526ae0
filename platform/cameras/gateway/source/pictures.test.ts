import { expect, test } from 'vitest';
import { fragmentOf } from '../testing/fragment.ts';
import { createPictures, type Pictures } from './pictures.ts';

const init = { run: 1, bytes: new Uint8Array(10), mimeType: 'video/mp4' };

function replayed(pictures: Pictures): (string | number)[] {
  const heard: (string | number)[] = [];
  const onInit = () => heard.push('init');
  pictures.replay({ count: () => 1, onCondition: () => {}, onInit, onFragment: ({ number }) => heard.push(number) });
  return heard;
}

/** Pictures with `count` fragments of a quarter of a second and 1000 bytes, a key frame every `gop`. */
function picturesOf({ count, gop }: { count: number; gop: number }): Pictures {
  const pictures = createPictures({ maxGopBytes: 8_000, maxGopS: 1.5 });
  pictures.begin(init);
  for (let number = 1; number <= count; number += 1) pictures.add(fragmentOf({ number, isKey: number % gop === 1 }));
  return pictures;
}

test('a new viewer gets the init segment and the newest group of pictures', () => {
  expect(replayed(picturesOf({ count: 6, gop: 4 }))).toEqual(['init', 5, 6]);
});

test('a group that grew too long is let go, and the next one is kept again', () => {
  expect(replayed(picturesOf({ count: 7, gop: 20 }))).toEqual(['init']);
  expect(replayed(picturesOf({ count: 22, gop: 20 }))).toEqual(['init', 21, 22]);
});

test('after the end of a run nothing of it is shown', () => {
  const pictures = picturesOf({ count: 3, gop: 4 });
  pictures.clear();
  expect(replayed(pictures)).toEqual([]);
});
