import type { TFunction } from 'i18next';
import { type Camera, type CameraCondition, type TileState, usualView } from '#contract/cameras/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import type { TimeStyle } from '../language/index.ts';
import type { ShapeName } from '../look/index.ts';
import type { Treatment } from '../wall/index.ts';
import type { PictureState } from './picture/pictureView.ts';

/** How words are made; `useTexts` gives it. */
export type Speech = {
  readonly t: TFunction;
  readonly time: (atMs: number, style: TimeStyle) => string;
  readonly duration: (ms: number) => string;
  readonly refusal: (refusal: Refusal) => string;
};

/** Shape and tone of each state, in tiles, on the console and in counts: the same everywhere. */
export const stateLook: {
  readonly [Kind in TileState['kind']]: { shape: ShapeName; tone: 'good' | 'quiet' | 'stale' | 'major'; treatment: Treatment };
} = {
  connecting: { shape: 'ring', tone: 'quiet', treatment: 'clean' },
  live: { shape: 'dot', tone: 'good', treatment: 'clean' },
  unmoving: { shape: 'bar', tone: 'major', treatment: 'clean' },
  stale: { shape: 'hatched', tone: 'stale', treatment: 'hatched' },
  offline: { shape: 'cross', tone: 'stale', treatment: 'darkened' },
  refused: { shape: 'diamond', tone: 'major', treatment: 'hidden' },
};

/** What a camera's tile says over its picture. */
export type TileWords = { readonly badge: string | null; readonly lines: readonly string[] };

// ux: a wait of over 300 ms names what is awaited; over 5 s it says what is done about it.
const nameWaitAfterMs = 300;
const explainWaitAfterMs = 5_000;

/** Puts a tile's state into words: since when, what is done about it, and who can help. */
export function tileWords({
  tile,
  phase,
  reason,
  isLowered,
  isHeld,
  camera,
  condition,
  nowMs,
  speech,
}: Pick<PictureState, 'tile' | 'phase' | 'reason' | 'isLowered' | 'isHeld'> & {
  camera: Camera | null;
  condition: CameraCondition | undefined;
  nowMs: number;
  speech: Speech;
}): TileWords {
  const { t, duration, refusal } = speech;
  switch (tile.kind) {
    case 'live':
      if (isHeld) return { badge: t('cameras:tile.held'), lines: [] };
      if (isLowered && reason !== null) return { badge: t('cameras:tile.lowered', { why: t(`cameras:tile.why.${reason}`) }), lines: [] };
      if (condition?.fault != null) return { badge: t('cameras:tile.faultReported'), lines: [] };
      // Said of the camera, not of what is seen: while somebody's leave holds, its picture has no masks.
      return { badge: camera !== null && usualView(camera) === 'masked' ? t('cameras:tile.maskedAreas') : null, lines: [] };
    case 'connecting': {
      if (phase === 'drawing') return { badge: null, lines: [t('cameras:refusals.beingDrawn')] };
      const waitedMs = nowMs - tile.sinceMs;
      if (waitedMs < nameWaitAfterMs) return { badge: null, lines: [] };
      const awaited = t(`cameras:waiting.${phase === 'playing' ? 'firstPicture' : phase}`);
      return {
        badge: null,
        lines: waitedMs < explainWaitAfterMs ? [awaited] : [awaited, t('cameras:waiting.long', { for: duration(waitedMs) })],
      };
    }
    case 'unmoving':
      return { badge: t('cameras:tile.unmovingFor', { for: duration(nowMs - tile.sinceMs) }), lines: [] };
    case 'stale':
      return { badge: t(`cameras:tile.staleFor.${tile.reason}`, { for: duration(nowMs - tile.sinceMs) }), lines: [] };
    case 'offline':
      return offlineWords({ tile, camera, condition, speech });
    case 'refused':
      if (tile.code === 'cameras.masked') return { badge: null, lines: [refusal({ code: tile.code }), t('cameras:tile.whoLifts')] };
      return { badge: null, lines: [refusal({ code: tile.code }), t('cameras:tile.code', { code: tile.code })] };
  }
}

/** A number that is read over the phone stays in one piece where a line is broken. */
function unbroken(phone: string): string {
  return phone.replaceAll('-', '\u2011').replaceAll(' ', '\u00a0');
}

function offlineWords({
  tile,
  camera,
  condition,
  speech: { t, time },
}: {
  tile: Extract<TileState, { kind: 'offline' }>;
  camera: Camera | null;
  condition: CameraCondition | undefined;
  speech: Speech;
}): TileWords {
  const lines = [
    tile.lastPictureAtMs === null
      ? t('cameras:tile.noLastPicture')
      : t('cameras:tile.lastPicture', { at: time(tile.lastPictureAtMs, 'seconds') }),
  ];
  if (camera !== null && camera.maintainer !== '') {
    lines.push(t('cameras:tile.maintainer', { name: camera.maintainer, phone: unbroken(camera.maintainerPhone) }));
  }
  if (condition?.fault != null) lines.push(t('cameras:tile.faultReported'));
  return { badge: t('cameras:tile.offlineSince', { at: time(tile.sinceMs, 'minutes') }), lines };
}
