import type { MaskAreas, StreamQuality } from '#contract/cameras/index.ts';
import { type CameraId, granted, type Result, refused, type Timers } from '#contract/values/index.ts';
import type { MarkOf, Snapshot, SnapshotRefusalCode } from '#platform/cameras/ports.ts';
import { boxesIn, readOrNull, viewOf } from '../boxes/boxTree.ts';
import { parseInit } from '../boxes/parseInit.ts';
import { createDeadline } from '../deadline.ts';
import { pictureAtMs, type SourceFragment, type SourceInit, type SourceViewer } from '../source/pictures.ts';
import type { SourcePool } from '../source/sourcePool.ts';
import { keyPictureIn, parameterSetsIn } from '../truth/keyPicture.ts';
import type { FindFont } from './chineseFont.ts';
import type { DrawSnapshot } from './drawSnapshot.ts';
import { drawnSize, type PictureSize, stripPx } from './markFilters.ts';

/** What is asked of the gateway for one snapshot. */
export type SnapshotAsked = {
  readonly cameraId: CameraId;
  readonly masks?: MaskAreas | undefined;
  readonly markOf: MarkOf;
  readonly mostBytes: number;
};

type KeyPicture = { readonly init: SourceInit; readonly fragment: SourceFragment };

/** A camera that nobody looks at is opened for its snapshot: longer than this nobody waits at a key. Unit: ms. */
const waitMs = 6_000;

/**
 * Takes the newest key picture of a source that is open now, the full one before the small one; a camera that is not open is opened for
 * it. One drawing at a time: pictures that people ask for must not cost those that they look at.
 */
export function createSnapshots({
  pool,
  timers,
  draw,
  findFont,
}: {
  pool: Pick<SourcePool, 'watch' | 'newestKey'>;
  timers: Timers;
  draw: DrawSnapshot;
  findFont: FindFont;
}): (asked: SnapshotAsked) => Promise<Result<Snapshot, SnapshotRefusalCode>> {
  let last: Promise<unknown> = Promise.resolve();

  async function newest({ cameraId, masks }: Pick<SnapshotAsked, 'cameraId' | 'masks'>): Promise<KeyPicture | null> {
    const renditions = (['main', 'sub'] as const).map((quality) => ({ cameraId, quality, masks }));
    for (const rendition of renditions) {
      const open = pool.newestKey(rendition);
      if (open !== null) return open;
    }
    for (const rendition of renditions) {
      const opened = await firstKey({ pool, timers, rendition });
      if (opened !== 'refused') return opened;
    }
    return null;
  }

  async function take({ cameraId, masks, markOf, mostBytes }: SnapshotAsked): Promise<Result<Snapshot, SnapshotRefusalCode>> {
    const font = await findFont();
    if (font === null) return refused('evidence.cannotMark');
    const key = await newest({ cameraId, masks });
    const size = key === null ? null : sizeIn(key.init.bytes);
    const units = key === null ? null : keyPictureIn(key.fragment.bytes)?.units;
    if (key === null || size === null || units == null) return refused('evidence.noPicture');
    const { fragment, init } = key;
    const isProven = fragment.sourceAtMs !== null && fragment.clockOffsetMs !== null;
    const atMs = pictureAtMs(fragment);
    const mark = { ...markOf({ atMs, isProven }), font };
    const drawing = last.then(() => draw({ units: [...parameterSetsIn(init.bytes), ...units], picture: size, mark, mostBytes }));
    last = drawing.catch(() => null);
    const jpeg = await drawing;
    if (jpeg === null) return refused('evidence.cannotMark');
    const { widthPx, heightPx } = drawnSize(size);
    return granted({ jpeg, atMs, isProven, widthPx, heightPx: heightPx + stripPx({ widthPx, heightPx }, mark.lines.length) });
  }

  return take;
}

/** Opens a source and waits for its first key picture. */
function firstKey({
  pool,
  timers,
  rendition,
}: {
  pool: Pick<SourcePool, 'watch'>;
  timers: Timers;
  rendition: { cameraId: CameraId; quality: StreamQuality; masks: MaskAreas | undefined };
}): Promise<KeyPicture | null | 'refused'> {
  return new Promise((resolve) => {
    const patience = createDeadline(timers);
    let init: SourceInit | null = null;
    let leave: (() => void) | null = null;
    let isOver = false;
    const end = (key: KeyPicture | null | 'refused') => {
      if (isOver) return;
      isOver = true;
      patience.clear();
      leave?.();
      resolve(key);
    };
    const viewer: SourceViewer = {
      count: () => 1,
      onCondition: (condition) => condition.kind === 'lost' && end(null),
      onInit: (next) => void (init = next),
      onFragment: (fragment) => init !== null && fragment.isKey && end({ init, fragment }),
    };
    const watched = pool.watch({ ...rendition, viewer });
    if (!watched.ok) return end('refused');
    leave = watched.value;
    if (isOver) return leave();
    patience.set(waitMs, () => end(null));
  });
}

/** The size of a source's pictures, out of its init segment. */
function sizeIn(init: Uint8Array): PictureSize | null {
  return readOrNull(() => {
    const moov = boxesIn(viewOf(init), { start: 0, end: init.length }).find(({ type }) => type === 'moov');
    const facts = moov === undefined ? null : parseInit(init.subarray(moov.start, moov.end));
    return facts === null ? null : { widthPx: facts.widthPx, heightPx: facts.heightPx };
  });
}
