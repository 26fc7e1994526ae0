import { describe, expect, test } from 'vitest';
import type { CameraId } from '#contract/values/index.ts';
import { type DisplayKey, type GlassReport, readThumbnail, thumbnailLimits } from '#contract/wall/index.ts';
import { createThumbnails } from './thumbnails.ts';

const displayKey = 'DP-1' as DisplayKey;
const jpegOf = (last: number) => Buffer.from([0xff, 0xd8, 0xff, last]).toString('base64');

function open() {
  let nowMs = 1_000_000;
  let isLoggedIn = true;
  const thumbnails = createThumbnails({ clock: { nowMs: () => nowMs }, mayLook: () => isLoggedIn });
  const take = (
    cell: number,
    { camera = 'c1', last = 1, jpeg = jpegOf(last) }: { camera?: string | null; last?: number; jpeg?: string } = {},
  ) => thumbnails.take(displayKey, { cell, cameraId: camera as CameraId | null, pictureAtMs: nowMs, jpeg });
  const console = () => {
    const got: string[] = [];
    const follower = thumbnails.follow({
      send: (frame) => {
        const read = readThumbnail(frame);
        got.push(`${read?.cell} ${read?.cameraId} ${read?.jpeg[3]}`);
      },
    });
    return { got, ...follower };
  };
  return {
    thumbnails,
    take,
    console,
    later: (ms: number) => void (nowMs += ms),
    setLoggedIn: (is: 'in' | 'out') => void (isLoggedIn = is === 'in'),
  };
}

const glass = (cells: readonly { cell: number; camera: string | null; state: 'live' | 'connecting' | 'refused' | 'none' }[]) =>
  ({ displayKey, atMs: 0, cells: cells.map(({ camera, ...cell }) => ({ ...cell, cameraId: camera })) }) as unknown as GlassReport;

describe('small pictures in main', () => {
  test('are sent to a console from its asking on, and whole to one that is opened later', () => {
    const { take, console, later } = open();
    const [first, second] = [console(), console()];
    take(0);
    first.begin();
    take(1);
    later(thumbnailLimits.everyMs);
    take(0, { last: 2 });
    second.begin();
    first.close();
    later(thumbnailLimits.everyMs);
    take(0, { last: 3 });
    expect([first.got, second.got]).toEqual([
      ['0 c1 1', '1 c1 1', '0 c1 2'],
      ['0 c1 2', '1 c1 1', '0 c1 3'],
    ]);
  });

  test('are sent to nobody while nobody is logged in', () => {
    const { take, console, setLoggedIn } = open();
    const window = console();
    setLoggedIn('out');
    window.begin();
    take(0);
    expect(window.got).toEqual([]);
    setLoggedIn('in');
    window.begin();
    expect(window.got).toEqual(['0 c1 1']);
  });

  test('that come too soon or are no pictures are dropped; another camera is never too soon', () => {
    const { take, console, later } = open();
    const window = console();
    window.begin();
    take(0);
    later(thumbnailLimits.leastMs - 1);
    take(0, { last: 2 });
    take(0, { camera: 'c2', last: 3 });
    take(1, { jpeg: Buffer.from('GIF89a').toString('base64') });
    expect(window.got).toEqual(['0 c1 1', '0 c2 3']);
  });

  test('are let go when their tile shows something else, is refused, begins anew, or its Display is gone', () => {
    const { thumbnails, take, console } = open();
    for (const cell of [0, 1, 2, 3, 4]) take(cell);
    thumbnails.see(
      glass([
        { cell: 0, camera: 'c1', state: 'live' },
        { cell: 1, camera: 'c2', state: 'live' },
        { cell: 2, camera: 'c1', state: 'refused' },
        { cell: 3, camera: 'c1', state: 'connecting' },
      ]),
    );
    const before = console();
    before.begin();
    thumbnails.forget(displayKey);
    const after = console();
    after.begin();
    expect([before.got, after.got]).toEqual([['0 c1 1'], []]);
  });

  test('of a map, which is of no camera, stay while its tile does and go when a camera comes there', () => {
    const { thumbnails, take, console } = open();
    take(0, { camera: null });
    take(1, { camera: null });
    thumbnails.see(
      glass([
        { cell: 0, camera: null, state: 'none' },
        { cell: 1, camera: 'c1', state: 'live' },
      ]),
    );
    const window = console();
    window.begin();
    expect(window.got).toEqual(['0 null 1']);
  });
});
