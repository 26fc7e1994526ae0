import { granted, type Result, refused } from '#contract/values/index.ts';

/** One segment as a foreign playlist lists it; addresses as they stand there. */
export type ListedSegment = {
  readonly uri: string;
  readonly durationS: number;
  readonly isDiscontinuity: boolean;
  /** Where its init segment is (fMP4); null = none (MPEG-TS). */
  readonly map: string | null;
  readonly programDateTime: string | null;
};

/** What a foreign playlist says. */
export type ForeignPlaylist =
  | { readonly kind: 'variants'; readonly variants: readonly { readonly uri: string; readonly bandwidth: number }[] }
  | { readonly kind: 'media'; readonly targetS: number; readonly segments: readonly ListedSegment[]; readonly isEnded: boolean };

/** Why a playlist is not relayed. */
export type PlaylistRefusalCode =
  | 'cameras.hlsNotAPlaylist'
  | 'cameras.hlsNoDuration'
  | 'cameras.hlsTooLong'
  | 'cameras.hlsEncrypted'
  | 'cameras.hlsByteRanges';

/** Lines beyond which a live playlist is not one: an hour of one-second segments with three tags each has 14,400. */
const maxLines = 20_000;
/** Segments that are looked at, from the end: live playback is about the newest ones. */
const newest = 12;
/** Longer segments than this make a picture that is always stale. */
const maxDurationS = 60;

/** Reads a foreign playlist. Pure; judges durations and lengths, not addresses. */
export function readPlaylist(text: string): Result<ForeignPlaylist, PlaylistRefusalCode> {
  const lines = text.split(/\r?\n/, maxLines + 1);
  if (lines.length > maxLines) return refused('cameras.hlsTooLong');
  if (lines[0]?.replace(/^\uFEFF/, '').trim() !== '#EXTM3U') return refused('cameras.hlsNotAPlaylist');
  if (lines.some((line) => /^#EXT-X-KEY:(?!.*METHOD=NONE)/.test(line))) return refused('cameras.hlsEncrypted');
  if (lines.some((line) => line.startsWith('#EXT-X-BYTERANGE') || /^#EXT-X-MAP:.*BYTERANGE/.test(line))) {
    return refused('cameras.hlsByteRanges');
  }
  return lines.some((line) => line.startsWith('#EXT-X-STREAM-INF')) ? readVariants(lines) : readMedia(lines);
}

function readVariants(lines: readonly string[]): Result<ForeignPlaylist, PlaylistRefusalCode> {
  const variants = lines.flatMap((line, at) => {
    const uri = lines[at + 1]?.trim() ?? '';
    if (!line.startsWith('#EXT-X-STREAM-INF') || uri === '' || uri.startsWith('#')) return [];
    return [{ uri, bandwidth: Number(/[:,]BANDWIDTH=(\d{1,12})/.exec(line)?.[1] ?? '0') }];
  });
  return variants.length === 0 ? refused('cameras.hlsNotAPlaylist') : granted({ kind: 'variants', variants });
}

function readMedia(lines: readonly string[]): Result<ForeignPlaylist, PlaylistRefusalCode> {
  const segments: ListedSegment[] = [];
  let next = { durationS: Number.NaN, isDiscontinuity: false, programDateTime: null as string | null };
  let map: string | null = null;
  for (const raw of lines) {
    const line = raw.trim();
    if (line.startsWith('#EXTINF:')) next.durationS = Number(/^#EXTINF:\s*([\d.]+)/.exec(line)?.[1]);
    else if (line === '#EXT-X-DISCONTINUITY') next.isDiscontinuity = true;
    else if (line.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) next.programDateTime = dateOf(line.slice(25));
    else if (line.startsWith('#EXT-X-MAP:')) map = /URI="([^"]{1,1024})"/.exec(line)?.[1] ?? null;
    else if (line !== '' && !line.startsWith('#')) {
      segments.push({ uri: line, map, ...next });
      next = { durationS: Number.NaN, isDiscontinuity: false, programDateTime: null };
    }
  }
  const kept = segments.slice(-newest);
  const isPlayable = ({ durationS }: ListedSegment) => durationS > 0 && durationS <= maxDurationS;
  if (kept.length > 0 && !kept.every(isPlayable)) return refused('cameras.hlsNoDuration');
  const targetS = Math.min(maxDurationS, Math.max(1, Math.ceil(Math.max(1, ...kept.map(({ durationS }) => durationS)))));
  return granted({ kind: 'media', targetS, segments: kept, isEnded: lines.some((line) => line.trim() === '#EXT-X-ENDLIST') });
}

/** A date as we write it, never as it came. */
function dateOf(text: string): string | null {
  const ms = Date.parse(text.trim());
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}
