import type { Clock, Timers } from '#contract/values/index.ts';
import { refused } from '#contract/values/index.ts';
import type { PtzDevice } from '../../ptz/index.ts';
import type { SourceNetworks } from '../checkSourceUrl.ts';
import type { CameraSources } from '#platform/cameras/ports.ts';
import type { GatewayLog } from '../gatewayLog.ts';
import type { DeviceTrust } from '../device/connectDevice.ts';
import { createPasswordTries, type PasswordTries } from '../device/passwordTries.ts';
import { openDemo } from './demo/index.ts';
import { createHlsOrigins, type HlsOrigins, openHls } from './hls/index.ts';
import { createOnvifPtz, openOnvif } from './onvif/index.ts';
import type { InputAsked, InputOpening, OpenInput } from './protocol.ts';
import { createRtmpIntake, openRtmp, type RtmpIntake } from './rtmp/index.ts';
import { createRtspFront, openRtsp, type RtspFront } from './rtsp/index.ts';

/** All ways to read a source, and what they share. */
export type Inputs = {
  readonly open: OpenInput;
  readonly origins: HlsOrigins;
  readonly intake: RtmpIntake | null;
  readonly tries: PasswordTries;
  ptzDevice(address: string): PtzDevice;
  close(): Promise<void>;
};

/** What reading cameras needs from outside. */
export type InputPorts = {
  readonly networks: SourceNetworks;
  readonly trust: DeviceTrust;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly sources: CameraSources;
  readonly log: GatewayLog;
  /** Where cameras that send by RTMP come in; null = nowhere. */
  readonly rtmpAt: { readonly host: string; readonly port: number } | null;
};

/** Makes the inputs; nothing listens before the first source of its kind is opened. */
export function createInputs(ports: InputPorts): Inputs {
  const tries = createPasswordTries(ports);
  const front = createRtspFront({ ...ports, tries });
  const origins = createHlsOrigins({ ...ports, tries });
  const intake = ports.rtmpAt === null ? null : createRtmpIntake({ ...ports, at: ports.rtmpAt });
  return {
    open: (asked) => openInput(asked, { ...ports, front, tries, origins, intake }),
    origins,
    ptzDevice: (address) => createOnvifPtz(address, { ...ports, tries }),
    intake,
    tries,
    async close() {
      origins.close();
      await intake?.close();
      await front.close();
    },
  };
}

type Beside = InputPorts & {
  readonly front: RtspFront;
  readonly tries: PasswordTries;
  readonly origins: HlsOrigins;
  readonly intake: RtmpIntake | null;
};

// The protocol table: a new kind of source is one arm here and one folder beside.
async function openInput({ source, ...how }: InputAsked, beside: Beside): InputOpening {
  switch (source.kind) {
    case 'demo':
      return openDemo({ source, ...how });
    case 'rtsp':
      return openRtsp({ source, ...how }, beside);
    case 'whep':
      return refused('cameras.windowsOnly');
    case 'onvif':
      return openOnvif({ source, ...how }, beside);
    case 'hls':
      return openHls({ source, ...how }, beside);
    case 'rtmp':
      return openRtmp({ source, ...how }, beside);
  }
}
