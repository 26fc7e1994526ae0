import { type Camera, playersFor, type Purpose, type StreamQuality, type ViewPriority } from '#contract/cameras/index.ts';
import type { CameraId, Timers } from '#contract/values/index.ts';
import type { GrantProvider, PlayerKind } from '../players/index.ts';
import type { Openings } from './openings.ts';
import { openPictureView, type PicturePorts, type PictureView } from './pictureView.ts';
import type { Rank } from './priority.ts';

/** A picture that is wanted. `camera` may change while it is open; `kind` is the player that the tile likes best. */
export type PictureWanted = {
  readonly cameraId: CameraId;
  readonly camera: () => Pick<Camera, 'streams' | 'players'>;
  readonly quality: StreamQuality;
  /** Names the place for the view register: `<displayKey>/<cell>` or `console/preview`. */
  readonly tile: string;
  readonly kind: PlayerKind;
  /** May change while it is open: what is scarce is given out by what it is then. The gateway hears it when a stream is opened. */
  readonly priority: () => ViewPriority;
  /** Why it is looked at, for the register. */
  readonly purpose: Purpose;
};

/** Opens pictures of cameras for this window. */
export type Pictures = { readonly timers: Timers; open(wanted: PictureWanted): PictureView };

/** Since when a camera is lost, by the platform's record; null = the record does not say that it is. */
type LostSince = (cameraId: CameraId) => number | null;

/** Makes the window's pictures. */
export function createPictures({
  ports,
  openings,
  lostSinceMs,
}: {
  ports: PicturePorts;
  openings: Openings;
  lostSinceMs: LostSince;
}): Pictures {
  return {
    timers: ports.timers,
    open: ({ cameraId, camera, quality, tile, kind, priority, purpose }) => {
      let isOpen = true;
      const rank: Rank = {
        get priority() {
          return priority();
        },
        place: tile,
      };
      const rights = { cameraId, tile, purpose, rank, openings, isWanted: () => isOpen };
      const view = openPictureView({
        ports,
        asked: {
          ...{ quality, rank, cameraLostSinceMs: () => lostSinceMs(cameraId) },
          hasSub: () => camera().streams.includes('sub'),
          kindsFor: (rendition) => likedFirst(playersFor(camera(), rendition), kind),
        },
        grantsFor: (wanted) => rightTo({ ...rights, quality: wanted }),
      });
      return {
        ...view,
        close: () => {
          isOpen = false;
          view.close();
        },
      };
    },
  };
}

function likedFirst(kinds: readonly PlayerKind[], liked: PlayerKind): readonly PlayerKind[] {
  return kinds.includes(liked) ? [liked, ...kinds.filter((other) => other !== liked)] : kinds;
}

/** The right to one rendition, asked in the window's order; the first one also waits for its turn at the recorder. */
function rightTo({
  cameraId,
  quality,
  tile,
  purpose,
  rank,
  openings,
  isWanted,
}: {
  cameraId: CameraId;
  quality: StreamQuality;
  tile: string;
  purpose: Purpose;
  rank: Rank;
  openings: Openings;
  isWanted: () => boolean;
}): GrantProvider {
  let isFirst = true;
  return async () => {
    const answer = await openings.ask({ rank, view: { cameraId, quality, purpose, tile }, isWanted });
    const isOpening = isFirst;
    isFirst = false;
    if (answer.ok && isOpening && quality === 'main' && answer.value.group !== undefined) await openings.toOpenMain(answer.value.group);
    return answer;
  };
}
