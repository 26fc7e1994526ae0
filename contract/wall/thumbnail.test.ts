import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import type { DisplayKey } from './scene.ts';
import { encodeThumbnail, readThumbnail, ThumbnailReport, thumbnailLimits } from './thumbnail.ts';

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const thumbnail = {
  displayKey: 'BOE-0x0a1c-1' as DisplayKey,
  cell: 35,
  cameraId: 'al-0101' as CameraId,
  pictureAtMs: 1_800_000_000_123,
  jpeg,
};

describe('a frame of a small picture', () => {
  test('brings it over as it was', () => {
    expect(readThumbnail(encodeThumbnail(thumbnail))).toEqual(thumbnail);
    const ofNoCamera = { ...thumbnail, cameraId: null };
    expect(readThumbnail(encodeThumbnail(ofNoCamera))).toEqual(ofNoCamera);
  });

  test('that is something else, cut short, or no JPEG, is none', () => {
    const frame = encodeThumbnail(thumbnail);
    const positions = frame.with(3, 0x32);
    const wrong = encodeThumbnail({ ...thumbnail, jpeg: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) });
    expect([positions, frame.slice(0, 20), wrong, encodeThumbnail({ ...thumbnail, cell: 36 })].map(readThumbnail)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  test('is read without a throw, whatever the bytes behind its beginning are', () => {
    const head = encodeThumbnail(thumbnail).slice(0, 4);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (rest) => {
        const read = readThumbnail(new Uint8Array([...head, ...rest]));
        expect(read === null || read.cell < 36).toBe(true);
      }),
      { numRuns: 500, seed: 7 },
    );
  });
});

test('a report above the greatest small picture is refused', () => {
  const report = (bytes: number) => ({
    cell: 0,
    cameraId: 'c',
    pictureAtMs: 1,
    jpeg: 'AAAA'.repeat(Math.ceil(bytes / 3)),
  });
  expect([thumbnailLimits.bytes, thumbnailLimits.bytes + 3].map((bytes) => ThumbnailReport.safeParse(report(bytes)).success)).toEqual([
    true,
    false,
  ]);
});
