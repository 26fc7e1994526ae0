import type { StreamQuality } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';
import { checkSourceUrl } from '../../checkSourceUrl.ts';
import { addressIn, fetchForeign, type ForeignPorts, type ForeignRefusalCode } from './fetchForeign.ts';
import { type ForeignPlaylist, type ListedSegment, type PlaylistRefusalCode, readPlaylist } from './playlist.ts';
import { createShelf } from './shelf.ts';

/** Why a foreign stream is not served. */
export type HlsRefusalCode = ForeignRefusalCode | PlaylistRefusalCode;

/** A segment under our own number: theirs may start anew. `init` is the number of its init segment, null for MPEG-TS. */
export type RelayedSegment = Omit<ListedSegment, 'uri' | 'map'> & { readonly number: number; readonly init: number | null };

/** The newest segments of a foreign stream. */
export type RelayedPlaylist = { readonly targetS: number; readonly segments: readonly RelayedSegment[]; readonly isEnded: boolean };

/** A foreign HLS stream, fetched once for everybody who looks. Memory only. */
export type HlsOrigin = {
  playlist(): Promise<Result<RelayedPlaylist, HlsRefusalCode>>;
  /** Null for a number that is not in the playlist any more. */
  segment(number: number): Promise<Result<Buffer, HlsRefusalCode>> | null;
  init(number: number): Promise<Result<Buffer, HlsRefusalCode>> | null;
};

const playlistLimits = { maxBytes: 512 * 1024, withinMs: 5_000 };
const segmentLimits = { maxBytes: 32 * 1024 * 1024, withinMs: 15_000 };
/** Bytes of segments that are kept for the next one who asks. */
const keptBytes = 48 * 1024 * 1024;
const leastFreshMs = 500;

/** `url` is checked again at each step: playlists, segments and redirects lead where their server wants. */
export function createHlsOrigin({ url, quality }: { url: string; quality: StreamQuality }, ports: ForeignPorts): HlsOrigin {
  const fetchBody = async (at: URL): Promise<Result<Buffer, HlsRefusalCode>> => {
    const fetched = await fetchForeign({ url: at, ...segmentLimits }, ports);
    return fetched.ok ? granted(fetched.value.body) : fetched;
  };
  const segments = createShelf({ fetch: fetchBody, maxBytes: keptBytes });
  const inits = createShelf({ fetch: fetchBody, maxBytes: keptBytes });
  let known: { readonly atMs: number; readonly answer: ReturnType<HlsOrigin['playlist']> } | null = null;
  let freshForMs = leastFreshMs;

  const number = (playlist: Extract<ForeignPlaylist, { kind: 'media' }>, base: URL): Result<RelayedPlaylist, HlsRefusalCode> => {
    const numbered: RelayedSegment[] = [];
    for (const { uri, map, ...rest } of playlist.segments) {
      const at = addressIn(uri, { base, networks: ports.networks });
      const init = map === null ? null : addressIn(map, { base, networks: ports.networks });
      if (!at.ok) return at;
      if (init !== null && !init.ok) return init;
      numbered.push({ ...rest, number: segments.numberOf(at.value), init: init === null ? null : inits.numberOf(init.value) });
    }
    segments.keepFrom(numbered[0]?.number ?? 0);
    inits.keepFrom(numbered[0]?.init ?? 0);
    return granted({ targetS: playlist.targetS, isEnded: playlist.isEnded, segments: numbered });
  };

  // From the top each time: tokens in the addresses between run out.
  const fetchPlaylist = async (from: URL, kind: 'any' | 'media'): ReturnType<HlsOrigin['playlist']> => {
    const fetched = await fetchForeign({ url: from, ...playlistLimits }, ports);
    if (!fetched.ok) return fetched;
    const { body, at } = fetched.value;
    const read = readPlaylist(body.toString('utf8'));
    if (!read.ok) return read;
    if (read.value.kind === 'media') {
      freshForMs = Math.max(leastFreshMs, (read.value.targetS * 1000) / 2 - 100);
      return number(read.value, at);
    }
    if (kind === 'media') return refused('cameras.hlsNotAPlaylist');
    const byBandwidth = read.value.variants.toSorted((a, b) => a.bandwidth - b.bandwidth);
    const next = addressIn((quality === 'main' ? byBandwidth.at(-1) : byBandwidth[0])?.uri ?? '', { base: at, networks: ports.networks });
    return next.ok ? await fetchPlaylist(next.value, 'media') : next;
  };

  return {
    playlist() {
      const nowMs = ports.clock.nowMs();
      const ageMs = known === null ? Number.POSITIVE_INFINITY : nowMs - known.atMs;
      // A clock that steps back makes a playlist old, not fresh for ever.
      if (known === null || ageMs < 0 || ageMs >= freshForMs) {
        const start = checkSourceUrl(url, { networks: ports.networks, schemes: ['http', 'https'] });
        known = { atMs: nowMs, answer: start.ok ? fetchPlaylist(start.value, 'any') : Promise.resolve(start) };
      }
      return known.answer;
    },
    segment: segments.body,
    init: inits.body,
  };
}
