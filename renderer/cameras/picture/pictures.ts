import type { Camera, StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import type { RoomAccess } from '../../room/index.ts';
import type { PlayerKind } from '../players/index.ts';
import { openPictureView, type PicturePorts, type PictureView } from './pictureView.ts';

/** Opens pictures of cameras for this window. */
export type Pictures = {
  /** `tile` names the place for the view register: `<displayKey>/<cell>` or `console/preview`. */
  open(asked: { cameraId: CameraId; quality: StreamQuality; tile: string; kind: PlayerKind }): PictureView;
};

/** Makes the window's pictures; every right is asked of main. */
export function createPictures({ ports, ask }: { ports: PicturePorts; ask: RoomAccess['ask'] }): Pictures {
  return {
    open: ({ cameraId, quality, tile, kind }) =>
      openPictureView({
        ports,
        quality,
        kind,
        grantsFor: (wanted) => () => ask('openView', { cameraId, quality: wanted, purpose: { kind: 'patrol', reference: null }, tile }),
      }),
  };
}

/** A tile at least this wide gets the full picture; media.md: the rendition is the lever. Device pixels. */
const mainFromPx = 960;

/** The smallest rendition that fills a tile, of those the camera has; null when it has none. */
export function qualityFor({ streams, widthDevicePx }: { streams: Camera['streams']; widthDevicePx: number }): StreamQuality | null {
  const wanted: StreamQuality = widthDevicePx > mainFromPx ? 'main' : 'sub';
  return streams.includes(wanted) ? wanted : (streams[0] ?? null);
}
