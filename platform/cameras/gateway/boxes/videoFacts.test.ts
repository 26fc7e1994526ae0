import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fragmentedClip } from '../testing/fragmentedClip.ts';
import { createMediaReader, type MediaEvent } from './mediaReader.ts';
import { parseInit } from './parseInit.ts';
import { hasBSlice } from './sliceTypes.ts';

/** Fragmented MP4 of a moving test picture with what an encoder is told. */
function clipOf(...encoder: readonly string[]): Buffer {
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=12.5:duration=2', '-pix_fmt', 'yuv420p'];
  const fragments = ['-f', 'mp4', '-movflags', '+frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '240000', 'pipe:1'];
  return spawnSync('ffmpeg', ['-loglevel', 'error', ...picture, ...encoder, ...fragments]).stdout;
}

const x264 = (...more: readonly string[]) => ['-c:v', 'libx264', '-preset', 'veryfast', '-g', '12', ...more];

function read(bytes: Uint8Array): readonly MediaEvent[] {
  return createMediaReader({ startAtS: 0, isMeasured: () => true }).push(bytes);
}

/** The form that the init says, and whether a fragment has B frames. */
function formOf(bytes: Uint8Array) {
  const events = read(bytes);
  const [video] = events.flatMap((event) => (event.kind === 'init' || event.kind === 'foreign' ? [event.init.video] : []));
  return { ...video, hasBFrames: events.some((event) => event.kind === 'fragment' && event.fragment.hasBFrames) };
}

test.each([
  [
    'baseline',
    x264('-profile:v', 'baseline', '-level', '3.1'),
    { codec: 'h264', profile: 'Constrained Baseline', level: '3.1', hasBFrames: false },
  ],
  [
    'main without B frames',
    x264('-profile:v', 'main', '-bf', '0', '-level', '4.0'),
    { codec: 'h264', profile: 'Main', level: '4.0', hasBFrames: false },
  ],
  [
    'high with B frames',
    x264('-profile:v', 'high', '-bf', '2', '-level', '4.1'),
    { codec: 'h264', profile: 'High', level: '4.1', hasBFrames: true },
  ],
  [
    'level 1b',
    x264('-profile:v', 'baseline', '-level', '1b'),
    { codec: 'h264', profile: 'Constrained Baseline', level: '1b', hasBFrames: false },
  ],
  [
    'HEVC with B frames',
    ['-c:v', 'libx265', '-preset', 'ultrafast', '-bf', '3', '-x265-params', 'log-level=none:keyint=12'],
    { codec: 'hevc', profile: 'Main', hasBFrames: true },
  ],
  [
    'HEVC without',
    ['-c:v', 'libx265', '-preset', 'ultrafast', '-bf', '0', '-x265-params', 'log-level=none:keyint=12'],
    { codec: 'hevc', profile: 'Main', hasBFrames: false },
  ],
  ['MPEG-4', ['-c:v', 'mpeg4'], { codec: 'mpeg4', profile: null, level: null, hasBFrames: false }],
] as const)('%s is told as what it is', (_what, encoder, form) => {
  expect(formOf(clipOf(...encoder))).toMatchObject(form);
});

/** The payload of the first box of a type, its head included. */
function boxOf(bytes: Buffer, type: string): Buffer {
  const at = bytes.indexOf(type) - 4;
  return bytes.subarray(at, at + bytes.readUInt32BE(at));
}

test('an init that is cut or bent anywhere is read or is not readable, and never throws', () => {
  for (const codec of ['h264', 'hevc'] as const) {
    const moov = boxOf(Buffer.from(fragmentedClip({ seconds: 1, codec })), 'moov');
    expect(parseInit(moov)).not.toBe(null);
    // What lies behind the last box that is needed may be missing.
    const needed = moov.indexOf('trex') + 20;
    for (let length = 0; length < needed; length += 1) expect(parseInit(moov.subarray(0, length))).toBe(null);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(moov.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 }), (bends) => {
        const bent = Uint8Array.from(moov);
        for (const [at, value] of bends) bent[at] = value;
        const said = parseInit(bent);
        if (said !== null) expect(said.video.codec.length).toBeGreaterThan(0);
      }),
      { seed: 11, numRuns: 500 },
    );
  }
});

test('pictures that are cut or bent anywhere never throw, whatever slices they seem to hold', () => {
  const mdat = boxOf(clipOf(...x264('-bf', '2')), 'mdat');
  for (let length = 0; length < Math.min(mdat.length, 600); length += 1) expect(typeof hasBSlice(mdat.subarray(0, length))).toBe('boolean');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (noise) => typeof hasBSlice(noise) === 'boolean'),
    { seed: 3, numRuns: 500 },
  );
  // A slice whose numbers never end is no B slice.
  expect(hasBSlice(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 1, 0, 0, 0, 0, 0]))).toBe(false);
  expect(hasBSlice(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0b1010_0000]))).toBe(true);
  expect(hasBSlice(Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 0b1100_0000]))).toBe(false);
});
