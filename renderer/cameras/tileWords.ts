import type { TFunction } from 'i18next';
import { type Camera, type CameraCondition, type TileState, usualView } from '#contract/cameras/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import type { TimeStyle } from '../language/index.ts';
import type { ShapeName } from '../look/index.ts';
import type { Treatment } from '../wall/index.ts';
import type { PictureState } from './picture/pictureView.ts';
import { repairNumber } from './repairNumber.ts';

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

/** `badge`, and each of `lines`: the same words ever shorter, for ever smaller tiles; empty = none. */
export type TileWords = { readonly badge: readonly string[]; readonly lines: readonly (readonly string[])[] };

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
  liftedUntilMs,
  camera,
  condition,
  nowMs,
  speech,
}: Pick<PictureState, 'tile' | 'phase' | 'reason' | 'isLowered' | 'isHeld' | 'liftedUntilMs'> & {
  camera: Camera | null;
  condition: CameraCondition | undefined;
  nowMs: number;
  speech: Speech;
}): TileWords {
  const { t, duration, refusal } = speech;
  const none: TileWords = { badge: [], lines: [] };
  const since = ({ sinceMs }: { sinceMs: number }) => ({ for: duration(nowMs - sinceMs) });
  switch (tile.kind) {
    case 'live':
      return { ...none, badge: liveBadge({ reason, isLowered, isHeld, liftedUntilMs, camera, condition, nowMs, speech }) };
    case 'connecting': {
      if (phase === 'drawing') return { ...none, lines: [[t('cameras:refusals.beingDrawn')]] };
      const waitedMs = nowMs - tile.sinceMs;
      if (waitedMs < nameWaitAfterMs) return none;
      const awaited = t(`cameras:waiting.${phase === 'playing' ? 'firstPicture' : phase}`);
      return {
        ...none,
        lines: waitedMs < explainWaitAfterMs ? [[awaited]] : [[awaited], [t('cameras:waiting.long', { for: duration(waitedMs) })]],
      };
    }
    case 'unmoving':
      return { ...none, badge: [t('cameras:tile.unmovingFor', since(tile)), t('cameras:tile.unmovingForShort', since(tile))] };
    case 'stale':
      return { ...none, badge: [t(`cameras:tile.staleFor.${tile.reason}`, since(tile)), t('cameras:tile.staleFor.short', since(tile))] };
    case 'offline':
      return offlineWords({ tile, camera, condition, speech });
    case 'refused':
      if (tile.code === 'cameras.masked') return { ...none, lines: [[refusal({ code: tile.code })], [t('cameras:tile.whoLifts')]] };
      return { ...none, lines: [[refusal({ code: tile.code })], [t('cameras:tile.code', { code: tile.code })]] };
  }
}

/** What there is to say about a picture that is as it should be. */
function liveBadge({
  reason,
  isLowered,
  isHeld,
  liftedUntilMs,
  camera,
  condition,
  nowMs,
  speech: { t, time },
}: Omit<Parameters<typeof tileWords>[0], 'tile' | 'phase'>): readonly string[] {
  if (isHeld) return [t('cameras:tile.held'), t('cameras:tile.heldShort')];
  if (liftedUntilMs !== null && nowMs < liftedUntilMs) {
    const at = time(liftedUntilMs, 'minutes');
    return [t('cameras:tile.lifted', { at }), t('cameras:tile.liftedShort', { at })];
  }
  if (isLowered && reason !== null) {
    return [t('cameras:tile.lowered', { why: t(`cameras:tile.why.${reason}`) }), t('cameras:tile.loweredShort')];
  }
  if (condition?.fault != null) return [...reportedWords({ fault: condition.fault, camera, speech: { t, time } })];
  if (camera === null || usualView(camera) !== 'masked') return [];
  return [t('cameras:tile.maskedAreas'), t('cameras:tile.maskedAreasShort'), t('cameras:tile.maskedAreasLeast')];
}

/** That a fault is reported, under which number; then shorter, and without it. */
function reportedWords({
  fault,
  camera,
  speech: { t, time },
}: {
  fault: NonNullable<CameraCondition['fault']>;
  camera: Camera | null;
  speech: Pick<Speech, 't' | 'time'>;
}): readonly string[] {
  const plain = t('cameras:tile.faultReported');
  if (camera === null) return [plain];
  const number = unbroken(repairNumber({ camera, fault, time }));
  return [t('cameras:tile.faultReportedAs', { number }), t('cameras:tile.faultReportedAsShort', { number }), plain];
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
  const lines: (readonly string[])[] = [
    tile.lastPictureAtMs === null
      ? // An empty tile says so too.
        [t('cameras:tile.noLastPicture'), '']
      : [t('cameras:tile.lastPicture', { at: time(tile.lastPictureAtMs, 'seconds') })],
  ];
  if (camera !== null && camera.maintainer !== '') {
    const who = { name: camera.maintainer.replaceAll(' ', '\u00a0'), phone: unbroken(camera.maintainerPhone) };
    lines.push([t('cameras:tile.maintainer', who), t('cameras:tile.maintainerShort', who), t('cameras:tile.maintainerPhone', who)]);
  }
  if (condition?.fault != null) lines.push(reportedWords({ fault: condition.fault, camera, speech: { t, time } }).slice(0, 2));
  const at = time(tile.sinceMs, 'minutes');
  return { badge: [t('cameras:tile.offlineSince', { at }), t('cameras:tile.offlineSinceShort', { at })], lines };
}
