import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createMediaReader } from '../boxes/mediaReader.ts';
import { keyPictureIn, parameterSetsIn } from './keyPicture.ts';
import { createRepeatWatch } from './repeatWatch.ts';

const picture = (text: string) => ({ slices: [Buffer.from(text)] });
const watched = (texts: string) => {
  const watch = createRepeatWatch();
  return [...texts].map((text, at) => watch.take(picture(text), at * 1_000));
};

test('three identical key pictures in a row are a stuck source, since the first of them', () => {
  expect(watched('abccc')).toEqual([null, null, null, null, 2_000]);
});

test('two are not, and a new picture ends it at once', () => {
  expect(watched('aabbb')).toEqual([null, null, null, null, 2_000]);
  expect(watched('aaab').at(-1)).toBeNull();
});

test('an encoder that numbers its key pictures by turns is found out as well', () => {
  expect(watched('xababab').slice(-2)).toEqual([2_000, 2_000]);
});

test('a loop of three and more pictures moves', () => {
  expect(watched('abcabcabcabc').every((since) => since === null)).toBe(true);
});

/** Key pictures of what ffmpeg draws and encodes, as the gateway reads them. */
function keyPictures(source: string, filter = 'null') {
  const { stdout } = spawnSync('ffmpeg', [
    ...['-loglevel', 'error', '-f', 'lavfi', '-i', `${source}:duration=10`, '-vf', `${filter},format=yuv420p`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '23', '-g', '12', '-keyint_min', '12', '-sc_threshold', '0', '-bf', '0'],
    ...['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '240000', 'pipe:1'],
  ]);
  return createMediaReader({ startAtS: 0 })
    .push(stdout)
    .flatMap((event) => (event.kind === 'fragment' && event.fragment.isKey ? [event.fragment] : []));
}

test('a frozen picture that is encoded again and again is stuck; one with the noise of a sensor is not', () => {
  const verdict = (source: string, filter?: string) => {
    const watch = createRepeatWatch();
    return keyPictures(source, filter).map(({ bytes, mediaTime }) => {
      const key = keyPictureIn(bytes);
      return key === null ? null : watch.take(key, mediaTime * 1_000);
    });
  };
  expect(verdict('smptebars=size=320x180:rate=12').at(-1)).not.toBeNull();
  const noisy = verdict('smptebars=size=320x180:rate=12', 'noise=alls=6:allf=t');
  expect([noisy.length >= 5, noisy.every((since) => since === null)]).toEqual([true, true]);
});

test('garbage holds no key picture and no parameter sets', () => {
  expect([keyPictureIn(Buffer.from('not a box at all')), parameterSetsIn(Buffer.from([0, 0, 0, 9, 1]))]).toEqual([null, []]);
});
