import type { CameraClockChange } from '#contract/cameras/index.ts';
import { availableParallelism } from 'node:os';
import type { Clock, Randomness, Timers } from '#contract/values/index.ts';
import type { CameraGateway, CameraSources, MediaGrants, SourceChange } from '#platform/cameras/ports.ts';
import { privateNetworks, type SourceNetworks } from './checkSourceUrl.ts';
import { createDeadline } from './deadline.ts';
import type { DeviceTrust } from './device/connectDevice.ts';
import type { GatewayLog } from './gatewayLog.ts';
import { handleHls } from './hls/handleHls.ts';
import { createHlsRelay } from './hls/relayHls.ts';
import { createBlockingSeats } from './hls/blockingSeats.ts';
import { createHlsStreams } from './hls/hlsStreams.ts';
import { createHlsViews } from './hls/hlsViews.ts';
import { type GatewayLimits, gatewayLimits } from './limits.ts';
import { type PushSocket, servePushSocket } from './push/servePushSocket.ts';
import { createInputs } from './protocols/index.ts';
import { discoverDevices } from './protocols/onvif/index.ts';
import { createWhepSessions, handleWhep } from './protocols/whep/index.ts';
import { ffmpegProcesses } from './source/ffmpegProcess.ts';
import { createPtzDevices } from './ptzDevices.ts';
import { createTranscodeBudget, type TranscodeLimits, usualTranscoding } from './renditions/index.ts';
import { probeStream } from './probe/probeStream.ts';
import { createSourcePool } from './source/sourcePool.ts';
import { createStartQueue } from './source/startQueue.ts';
import { findChineseFont } from './snapshot/chineseFont.ts';
import { ffmpegSnapshots } from './snapshot/drawSnapshot.ts';
import { createSnapshots } from './snapshot/takeSnapshot.ts';
import { greyDecoder } from './truth/greyDecoder.ts';

/** What the gateway needs from outside. */
export type GatewayPorts = {
  sources: CameraSources;
  grants: MediaGrants;
  clock: Clock;
  timers: Timers;
  randomness: Randomness;
  log: GatewayLog;
  /** Path or name of the ffmpeg program. */
  ffmpeg: string;
  /** Told per camera, on changes: lost after some seconds without pictures, normal as soon as they come. */
  onSourceChange: (change: SourceChange) => void;
  /** Told when a camera's clock is known to be more than a minute off, and when it is right (again). */
  onClockChange?: (change: CameraClockChange) => void;
  /** Where rtsp cameras may be; private networks without loopback when absent. */
  networks?: SourceNetworks;
  /** Where cameras that send by RTMP come in; absent = nowhere. */
  rtmpAt?: { readonly host: string; readonly port: number };
  /** Certificates of cameras that are believed; without any only pinned ones are. */
  trust?: DeviceTrust;
  /** What encoding may take of this machine; half of its cores when absent. */
  transcoding?: TranscodeLimits;
  /** Overrides of `gatewayLimits`, mostly for tests. */
  limits?: Partial<GatewayLimits>;
};

/** Makes the gateway. Nothing is opened before the first viewer comes. */
export function createCameraGateway(ports: GatewayPorts): CameraGateway {
  const { grants, clock, timers, log } = ports;
  const limits = { ...gatewayLimits, ...ports.limits };
  const startQueue = createStartQueue({ startsPerSecond: limits.startsPerSecond, timers });
  const networks = ports.networks ?? privateNetworks;
  const trust = ports.trust ?? { authorities: [] };
  const inputs = createInputs({ ...ports, networks, rtmpAt: ports.rtmpAt ?? null, trust });
  const budget = createTranscodeBudget(ports.transcoding ?? usualTranscoding(availableParallelism()));
  const pool = createSourcePool({
    ...ports,
    budget,
    limits,
    openInput: inputs.open,
    startQueue,
    startProcess: ffmpegProcesses(ports.ffmpeg),
    decodeGrey: greyDecoder(ports.ffmpeg),
  });
  const streams = createHlsStreams({ pool, clock, timers, limits });
  const seats = createBlockingSeats({ timers, seats: limits.hlsBlockingPerWindow, keptMs: limits.hlsViewerMs });
  const views = createHlsViews({ grants, timers, limits });
  const relay = createHlsRelay({ ...ports, origins: inputs.origins, limits });
  const whepSessions = createWhepSessions({ grants, timers, maxSessions: limits.maxSources });
  const whep = { ...ports, networks, tries: inputs.tries, trust, sessions: whepSessions };
  const sockets = new Set<PushSocket>();
  const nextRecheck = createDeadline(timers);

  const recheckAll = () => {
    for (const socket of sockets) socket.recheck();
    whepSessions.recheck();
    views.recheck();
  };
  const recheckLater = () =>
    nextRecheck.set(limits.recheckEveryMs, () => {
      recheckAll();
      recheckLater();
    });
  recheckLater();
  const forgetRights = grants.onRightsChanged(recheckAll);

  return {
    handleHttp: async (request, response) =>
      (await handleWhep({ request, response, ports: whep })) ||
      handleHls({ request, response, grants, streams, relay, views, seats, limits }),
    handlePushSocket(socket) {
      const served = servePushSocket({ socket, grants, pool, timers, limits, log, onClosed: () => sockets.delete(served) });
      sockets.add(served);
    },
    snapshot: createSnapshots({ pool, timers, draw: ffmpegSnapshots(ports.ffmpeg), findFont: findChineseFont() }),
    canMask: budget.isOpen,
    openSources: pool.openSources,
    probe: (cameraId, quality) => probeStream({ ...ports, pool, budget, limits }, { cameraId, quality }),
    discover: () => discoverDevices({ networks, timers }),
    ptzDevice: createPtzDevices({ ...ports, inputs }),
    async close() {
      forgetRights();
      nextRecheck.clear();
      for (const socket of [...sockets]) socket.close();
      whepSessions.close();
      views.close();
      seats.close();
      streams.close();
      relay.close();
      await pool.close();
      await inputs.close();
    },
  };
}
