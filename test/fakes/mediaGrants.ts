import type { MaskAreas, StreamQuality } from '#contract/cameras/index.ts';
import { CameraId, WindowId } from '#contract/values/index.ts';
import type { MediaGrants, OpenedGrant } from '#platform/cameras/ports.ts';

/** In-memory twin of the platform's media grants: give a token, take it away. */
export type FakeMediaGrants = MediaGrants & {
  give(grant: { camera: string; quality?: StreamQuality; window?: string; masks?: MaskAreas }): string;
  /** Takes every right to a camera away and tells the gateway. */
  revoke(camera: string): void;
  /** Its masks are lifted, or are not any more: what was given is over, with that word, and what is given from now on is good. */
  changeRendition(camera: string): void;
  /** Views as the gateway told them, in order: `opened grant-1`, `closed grant-1 lost`. */
  readonly views: readonly string[];
};

export function createFakeMediaGrants(): FakeMediaGrants {
  const given = new Map<string, OpenedGrant>();
  const revoked = new Set<string>();
  const changed = new Set<string>();
  const listeners = new Set<() => void>();
  const views: string[] = [];
  const isChanged = (grant: OpenedGrant) => [...changed].some((token) => given.get(token)?.grantId === grant.grantId);
  return {
    give({ camera, quality = 'sub', window = 'window-1', masks }) {
      const number = given.size + 1;
      const token = `token-${String(number).padStart(40, '0')}`;
      const places = { cameraId: CameraId.parse(camera), quality, windowId: WindowId.parse(window) };
      const grant = { ...places, grantId: `grant-${number}`, masks };
      given.set(token, grant);
      return token;
    },
    revoke(camera) {
      revoked.add(camera);
      for (const listener of listeners) listener();
    },
    changeRendition(camera) {
      for (const [token, { cameraId }] of given) if (cameraId === camera) changed.add(token);
      for (const listener of listeners) listener();
    },
    views,
    viewOpened: async ({ grantId }) => {
      views.push(`opened ${grantId}`);
      return true;
    },
    viewClosed: ({ grantId }, why) => void views.push(`closed ${grantId} ${why}`),
    redeem: (token) => (changed.has(token) ? null : (given.get(token) ?? null)),
    isStillAllowed: (grant) => !revoked.has(grant.cameraId) && !isChanged(grant),
    endCode: (grant) => (isChanged(grant) ? 'cameras.renditionChanged' : 'access.notAllowed'),
    tokenEndCode: (token) => (changed.has(token) ? 'cameras.renditionChanged' : 'access.notAllowed'),
    onRightsChanged(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
