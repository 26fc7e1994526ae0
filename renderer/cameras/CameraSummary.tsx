import type { Camera } from '#contract/cameras/index.ts';
import type { Tile } from '#contract/wall/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { useTexts } from '../language/index.ts';
import { useCamera } from './CameraBookContext.tsx';
import { cameraOf } from './cameraContent.ts';

/** A camera tile's name in a small cell. */
export function CameraSummary({ tile }: { tile: Tile }) {
  const cameraId = cameraOf(tile);
  return cameraId === null ? null : <NamedCamera cameraId={cameraId} />;
}

function NamedCamera({ cameraId }: { cameraId: CameraId }) {
  const { nameOf } = useTexts();
  const camera: Camera | null | undefined = useCamera(cameraId);
  return <span>{camera == null ? cameraId : nameOf(camera)}</span>;
}
