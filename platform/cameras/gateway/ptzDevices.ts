import type { CameraId } from '#contract/values/index.ts';
import type { CameraGateway, CameraSources } from '#platform/cameras/ports.ts';
import type { PtzDevice } from '../ptz/index.ts';
import type { Inputs } from './protocols/index.ts';

/** Finds the device behind a camera; the same one for as long as its address stays. Today only ONVIF addresses tell how to steer. */
export function createPtzDevices({ sources, inputs }: { sources: CameraSources; inputs: Inputs }): CameraGateway['ptzDevice'] {
  const known = new Map<CameraId, { readonly address: string; readonly device: PtzDevice }>();
  return (cameraId) => {
    const source = [sources.sourceOf(cameraId, 'main'), sources.sourceOf(cameraId, 'sub')].find((each) => each?.kind === 'onvif');
    if (source?.kind !== 'onvif') return null;
    const entry = known.get(cameraId);
    if (entry?.address === source.url) return entry.device;
    const device = inputs.ptzDevice(source.url);
    known.set(cameraId, { address: source.url, device });
    return device;
  };
}
