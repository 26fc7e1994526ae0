import { routes } from '#contract/bus/index.ts';
import { CameraId } from '#contract/values/index.ts';
import type { StreamQuality } from '#contract/cameras/index.ts';

/** What one HLS request asks for. */
export type HlsPath = {
  readonly cameraId: CameraId;
  readonly quality: StreamQuality;
  /** The picture with its masks burned in: a path of its own, so that nothing is ever mixed. */
  readonly isMasked: boolean;
  readonly file:
    | { readonly kind: 'playlist' }
    /** `until`: answered when this part (or, without one, this segment) is there; null = at once. */
    | { readonly kind: 'lowLatency'; readonly until: { readonly number: number; readonly part: number | null } | null }
    | { readonly kind: 'part'; readonly number: number; readonly part: number }
    | { readonly kind: 'init'; readonly run: number }
    | { readonly kind: 'segment'; readonly number: number };
};

// The raw request target is matched, nothing is decoded: `..%2f`, `%00`, back slashes and queries are simply no path of ours.
const shape = new RegExp(`^${routes.mediaHls}/([^/%?#\\\\]{1,64})/(main|sub)(-masked)?/(.+)$`);

/** Whether a request target lies under the gateway's HLS route at all. */
export function isHlsTarget(target: string): boolean {
  return target === routes.mediaHls || target.startsWith(`${routes.mediaHls}/`);
}

/** Reads a request target; null when it names nothing that a gateway could have. */
export function parseHlsPath(target: string): HlsPath | null {
  const found = shape.exec(target);
  if (found === null) return null;
  const [, camera, quality, masked, name = ''] = found;
  const cameraId = CameraId.safeParse(camera);
  const file = fileNamed(name);
  if (!cameraId.success || file === null || (quality !== 'main' && quality !== 'sub')) return null;
  return { cameraId: cameraId.data, quality, isMasked: masked !== undefined, file };
}

// A query is understood on one file only, and only as the players of low-latency streams write it.
const fileShape =
  /^(?:(index\.m3u8)|(live\.m3u8)(?:\?_HLS_msn=(\d{1,9})(?:&_HLS_part=(\d{1,4}))?)?|init-(\d{1,9})\.mp4|seg-(\d{1,9})\.m4s|part-(\d{1,9})-(\d{1,4})\.m4s)$/;

function fileNamed(name: string): HlsPath['file'] | null {
  const found = fileShape.exec(name);
  if (found === null) return null;
  const [, plain, live, untilNumber, untilPart, run, segment, number, part] = found;
  if (plain !== undefined) return { kind: 'playlist' };
  if (live !== undefined) {
    const until =
      untilNumber === undefined ? null : { number: Number(untilNumber), part: untilPart === undefined ? null : Number(untilPart) };
    return { kind: 'lowLatency', until };
  }
  if (run !== undefined) return { kind: 'init', run: Number(run) };
  if (segment !== undefined) return { kind: 'segment', number: Number(segment) };
  return { kind: 'part', number: Number(number), part: Number(part) };
}
