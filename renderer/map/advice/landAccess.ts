import type { OpenLand } from '../land/openLand.ts';
import type { Land } from '../land/createLand.ts';
import { rankCameras } from '../sight/rankCameras.ts';

/** The land of whatever pack the room has now; without one cameras are ranked all the same, and no road is known. */
export type LandAccess = Land & { close(): void };

/** Opens a pack's land when it is first asked about, and another one's when the room has another pack. */
export function createLandAccess({ pack, open }: { pack: () => string | undefined; open: (hash: string) => OpenLand }): LandAccess {
  let opened: { readonly hash: string; readonly land: OpenLand } | null = null;
  const land = (): OpenLand | null => {
    const hash = pack();
    if (opened !== null && opened.hash !== hash) {
      opened.land.close();
      opened = null;
    }
    if (opened === null && hash !== undefined) opened = { hash, land: open(hash) };
    return opened?.land ?? null;
  };
  const blind: Land['camerasFor'] = async ({ at, cameras, offline, votes }) =>
    rankCameras({
      ...{ at, cameras, heights: null, buildings: null },
      isOnline: (cameraId) => !offline.has(cameraId),
      votes: (cameraId) => votes.get(cameraId) ?? 0,
    });
  return {
    waysTo: async (question) => (await land()?.waysTo(question)) ?? { ok: false, refusal: { code: 'map.noPack' } },
    // A worker that cannot be had must not leave an operator without cameras.
    camerasFor: async (question) =>
      (await land()
        ?.camerasFor(question)
        .catch(() => null)) ?? (await blind(question)),
    close: () => {
      opened?.land.close();
      opened = null;
    },
  };
}
