import { createHmac } from 'node:crypto';
import type { CameraSource } from './ports.ts';

/**
 * An opaque name for the host that a source is read from: the same for all cameras of one recorder, another one after each start of the
 * platform, and no way back to the address. Undefined for sources that have no host.
 */
export function sourceGroup(source: CameraSource, key: string): string | undefined {
  if (!('url' in source) || !URL.canParse(source.url)) return undefined;
  return createHmac('sha256', key).update(new URL(source.url).host).digest('base64url').slice(0, 16);
}
