import type { StreamQuality } from './camera.ts';
import type { CameraProbe, MeasuredStream, StreamProbe } from './probe.ts';

/** How well a camera serves a wall, the worst first. `unknown`: windows play it themselves, nothing here can see it. */
export const grades = ['unusable', 'remarks', 'unknown', 'good'] as const;
/** One of them. */
export type Grade = (typeof grades)[number];

/** What is to be said of a camera beside its figures; texts under `cameras:remark`. `quality` null = of the camera as a whole. */
export type Remark = {
  readonly code: RemarkCode;
  readonly quality: StreamQuality | null;
  readonly params?: Readonly<Record<string, string | number>>;
  /** What failed, as a refusal's code; only with `failed`. */
  readonly refusal?: string;
};
/** Kinds of remark. */
export type RemarkCode =
  | 'failed'
  | 'notPlayable'
  | 'encoded'
  | 'smartCodec'
  | 'bFrames'
  | 'slow'
  | 'late'
  | 'variableSize'
  | 'udpFallback'
  | 'clockBehind'
  | 'clockAhead'
  | 'subTooLarge'
  | 'noSub'
  | 'windowOnly';

/** A grade and its reasons, the gravest first. */
export type Graded = { readonly grade: Grade; readonly remarks: readonly Remark[] };

/** From where on a figure is remarked upon (media.md: typical cameras, GB/T 28181's delays). */
export const gradeLimits = {
  /** Key frames further apart than this are a "smart codec": a first picture waits that long. */
  smartCodecS: 10,
  /** Fewer pictures a second than this are seen to stutter. Half a picture of slack: cameras count by their own clock. */
  slowFramesPerSecond: 9.5,
  /** GB/T 28181: four seconds from the device to the user. */
  lateMs: 4_000,
  clockOffMs: 60_000,
  /** The largest usual sub stream, 4CIF: a tile of 36 on one display is smaller still. */
  subPx: 704 * 576,
} as const;

/** The grade of what was found. Pure: the same probe has the same grade, whoever shows it. */
export function gradeOf({ streams }: Pick<CameraProbe, 'streams'>): Graded {
  const remarks = [...streams.flatMap(remarksOn), ...cameraRemarks(streams)];
  const isPlayable = (stream: StreamProbe) => stream.outcome === 'measured' && stream.plays !== 'notAtAll';
  if (streams.some(isPlayable)) return { grade: remarks.length === 0 ? 'good' : 'remarks', remarks };
  const isUnseen = streams.some(({ outcome }) => outcome === 'windowOnly');
  return { grade: isUnseen ? 'unknown' : 'unusable', remarks };
}

function remarksOn(stream: StreamProbe): readonly Remark[] {
  const { quality } = stream;
  switch (stream.outcome) {
    case 'measured':
      return measuredRemarks(stream);
    case 'failed':
      return [{ code: 'failed', quality, refusal: stream.code ?? `cameras.${stream.reason}` }];
    case 'windowOnly':
      return [{ code: 'windowOnly', quality }];
  }
}

function measuredRemarks(stream: MeasuredStream): readonly Remark[] {
  const { quality, group, plays, codec, framesPerSecond, firstPictureMs } = stream;
  const says = (code: RemarkCode, params?: Remark['params']): readonly Remark[] => [
    params === undefined ? { code, quality } : { code, quality, params },
  ];
  const named = { codec: codecName(codec) };
  return [
    ...(plays === 'notAtAll' ? says('notPlayable', named) : []),
    ...(plays === 'encoded' ? says('encoded', named) : []),
    ...(group !== null && group.seconds >= gradeLimits.smartCodecS ? says('smartCodec', { seconds: Math.round(group.seconds) }) : []),
    ...(stream.hasBFrames === true ? says('bFrames') : []),
    ...(framesPerSecond !== null && framesPerSecond < gradeLimits.slowFramesPerSecond ? says('slow', { rate: framesPerSecond }) : []),
    ...(firstPictureMs !== null && firstPictureMs > gradeLimits.lateMs ? says('late', { seconds: Math.round(firstPictureMs / 1000) }) : []),
    ...(stream.sizes > 1 ? says('variableSize') : []),
    ...(stream.isFallback ? says('udpFallback') : []),
    ...clockRemarks(stream),
    ...(quality === 'sub' && stream.widthPx * stream.heightPx > gradeLimits.subPx ? says('subTooLarge', sizeOf(stream)) : []),
  ];
}

function clockRemarks({ quality, clockOffsetMs }: MeasuredStream): readonly Remark[] {
  if (clockOffsetMs === null || Math.abs(clockOffsetMs) <= gradeLimits.clockOffMs) return [];
  const params = { offsetMs: Math.abs(clockOffsetMs) };
  return [{ code: clockOffsetMs > 0 ? 'clockBehind' : 'clockAhead', quality, params }];
}

function cameraRemarks(streams: readonly StreamProbe[]): readonly Remark[] {
  return streams.some(({ quality }) => quality === 'sub') ? [] : [{ code: 'noSub', quality: null }];
}

function sizeOf({ widthPx, heightPx }: MeasuredStream): { readonly size: string } {
  return { size: `${widthPx}×${heightPx}` };
}

const codecNames: Readonly<Record<string, string>> = { h264: 'H.264', hevc: 'H.265', mpeg4: 'MPEG-4', av1: 'AV1' };

/** A codec as people write it; `?` where nobody knows. */
export function codecName(codec: string | null): string {
  return codec === null ? '?' : (codecNames[codec] ?? codec.toUpperCase());
}
