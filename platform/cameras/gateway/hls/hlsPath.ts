import { routes } from '#contract/bus/index.ts';
import { CameraId } from '#contract/values/index.ts';
import type { StreamQuality } from '#contract/cameras/index.ts';

/** What one HLS request asks for. */
export type HlsPath = {
  readonly cameraId: CameraId;
  readonly quality: StreamQuality;
  readonly file:
    | { readonly kind: 'playlist' }
    | { readonly kind: 'init'; readonly run: number }
    | { readonly kind: 'segment'; readonly number: number };
};

// The raw request target is matched, nothing is decoded: `..%2f`, `%00`, back slashes and queries are simply no path of ours.
const shape = new RegExp(
  `^${routes.mediaHls}/([^/%?#\\\\]{1,64})/(main|sub)/(?:(index\\.m3u8)|init-(\\d{1,9})\\.mp4|seg-(\\d{1,9})\\.m4s)$`,
);

/** Whether a request target lies under the gateway's HLS route at all. */
export function isHlsTarget(target: string): boolean {
  return target === routes.mediaHls || target.startsWith(`${routes.mediaHls}/`);
}

/** Reads a request target; null when it names nothing that a gateway could have. */
export function parseHlsPath(target: string): HlsPath | null {
  const found = shape.exec(target);
  if (found === null) return null;
  const [, camera, quality, playlist, run, number] = found;
  const cameraId = CameraId.safeParse(camera);
  if (!cameraId.success || (quality !== 'main' && quality !== 'sub')) return null;
  const place: Pick<HlsPath, 'cameraId' | 'quality'> = { cameraId: cameraId.data, quality };
  if (playlist !== undefined) return { ...place, file: { kind: 'playlist' } };
  if (run !== undefined) return { ...place, file: { kind: 'init', run: Number(run) } };
  return { ...place, file: { kind: 'segment', number: Number(number) } };
}
