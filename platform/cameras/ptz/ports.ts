import type { PtzMove, PtzPreset, PtzRefusalCode } from '#contract/cameras/index.ts';
import type { Result } from '#contract/values/index.ts';

/** How fast a camera is to move; see `cameras.ptzMove`. */
export type PtzSpeeds = Pick<PtzMove, 'pan' | 'tilt' | 'zoom'>;

/** What a device can do. */
export type PtzAbilities = { readonly axes: readonly ('panTilt' | 'zoom')[]; readonly presets: readonly PtzPreset[] };

/** A code of ours in `reason`; sentences of devices are not passed on. */
export type PtzDeviceRefusal = Extract<PtzRefusalCode, 'cameras.ptzNone' | 'cameras.ptzDeviceFailed' | 'cameras.ptzUnknownPreset'>;

/** One camera that can be steered. Every call asks the device and tells what came of it. */
export type PtzDevice = {
  abilities(): Promise<Result<PtzAbilities, PtzDeviceRefusal>>;
  /** Moves until stopped; the device itself stops a second later if nobody says anything. */
  move(speeds: PtzSpeeds): Promise<Result<null, PtzDeviceRefusal>>;
  stop(): Promise<Result<null, PtzDeviceRefusal>>;
  goTo(preset: string): Promise<Result<null, PtzDeviceRefusal>>;
};
