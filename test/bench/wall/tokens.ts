import type { StreamQuality } from '#contract/cameras/index.ts';
import { CameraId, WindowId } from '#contract/values/index.ts';
import type { OpenedGrant } from '#platform/cameras/ports.ts';

/** Rights that the benchmark makes up by itself, on both sides: a token names what it opens. */
const shape = /^bench-token-opens-one-stream\.(\d+)\.(main|sub)\.([\w-]+)$/;

/** The camera's id, as its number in the county of tests. */
export function cameraIdOf(camera: number): CameraId {
  return CameraId.parse(`al-${String(camera).padStart(4, '0')}`);
}

/** Its number again. */
export function cameraNumber(cameraId: string): number {
  return Number(cameraId.slice(3));
}

export function tokenFor({ camera, quality, windowId }: { camera: number; quality: StreamQuality; windowId: string }): string {
  return `bench-token-opens-one-stream.${camera}.${quality}.${windowId}`;
}

export function grantOf(token: string): OpenedGrant | null {
  const [, camera, quality, windowId] = shape.exec(token) ?? [];
  if (camera === undefined || (quality !== 'main' && quality !== 'sub')) return null;
  return { cameraId: cameraIdOf(Number(camera)), quality, windowId: WindowId.parse(windowId), grantId: token };
}
