import { createHash } from 'node:crypto';
import type { MaskAreas, StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { OpenedGrant } from '#platform/cameras/ports.ts';

/** One rendition of one camera's stream. With `masks` they are burned in, and nothing of it was ever without; absent = the plain picture. */
export type RenditionAsked = { readonly cameraId: CameraId; readonly quality: StreamQuality; readonly masks?: MaskAreas | undefined };

/** What a grant opens, and nothing beside it. */
export function renditionOf({ cameraId, quality, masks }: OpenedGrant): RenditionAsked {
  return { cameraId, quality, masks };
}

/** What is one source, one process and one buffer. Other areas are another source: no picture under old masks is ever handed on. */
export function sourceKey({ cameraId, quality, masks }: RenditionAsked): string {
  const plain = `${cameraId}/${quality}`;
  return masks === undefined ? plain : `${plain}/${createHash('sha256').update(JSON.stringify(masks)).digest('base64url')}`;
}
