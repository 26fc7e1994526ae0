import type { StreamQuality } from '#contract/cameras/index.ts';
import type { CameraId, Randomness, Timers } from '#contract/values/index.ts';
import type { CameraSources } from '#platform/cameras/ports.ts';
import type { MediaFragment, MediaInit } from '../boxes/mediaReader.ts';
import type { SourceNetworks } from '../checkSourceUrl.ts';
import { createDeadline } from '../deadline.ts';
import type { GatewayLog } from '../gatewayLog.ts';
import type { GatewayLimits } from '../limits.ts';
import { ffmpegArguments } from '../protocols/index.ts';
import type { Study } from '../protocols/protocol.ts';
import { backoffMs } from './backoff.ts';
import type { LostReason } from './faultReason.ts';
import type { StartProcess } from './ffmpegProcess.ts';
import { type RunEnd, type SourceRun, startSourceRun } from './sourceRun.ts';
import type { StartQueue } from './startQueue.ts';

/** What keeping a source running needs from outside; shared by all sources. */
export type RunPorts = {
  sources: CameraSources;
  timers: Timers;
  randomness: Randomness;
  log: GatewayLog;
  limits: GatewayLimits;
  networks: SourceNetworks;
  startProcess: StartProcess;
  startQueue: StartQueue;
};

/** A source that is started again for ever, one process at a time: cheap cameras collapse when they are opened twice. */
export type KeptRunning = {
  processId(): number | null;
  /** Resolves when the process is gone and no other will come. */
  stop(): Promise<void>;
};

/** `run` counts the starts from 1. Media time goes on over restarts. `onEnded` comes when a run is over, `onLost` also when it only fell silent. */
export type KeepRunningOptions = {
  ports: RunPorts;
  /** The end of the same source's process before: a camera is never opened twice. */
  startAfter: Promise<void>;
  cameraId: CameraId;
  quality: StreamQuality;
  onInit: (init: MediaInit, run: number) => void;
  onFragment: (fragment: MediaFragment, run: number) => void;
  onLost: (reason: LostReason) => void;
  onEnded: () => void;
};

// Runs are kept apart in media time, so that buffered ranges of a window never merge over a restart.
const gapBetweenRunsS = 1;

export function keepRunning(options: KeepRunningOptions): KeptRunning {
  const { ports, cameraId, quality } = options;
  const { timers, limits, log } = ports;
  const restart = createDeadline(timers);
  const steady = createDeadline(timers);
  const stopped = Promise.withResolvers<void>();
  let current: SourceRun | null = null;
  let leaveQueue = () => {};
  let isStopping = false;
  let runs = 0;
  let attempt = 0;
  let study: Study = 'quick';
  let endS: number | null = null;

  const enqueueStart = () => {
    leaveQueue = ports.startQueue.enqueue(startRun);
  };
  const startAgainLater = () => {
    steady.clear();
    attempt += 1;
    const { restartFirstMs: firstMs, restartMaxMs: maxMs } = limits;
    restart.set(backoffMs({ attempt, firstMs, maxMs, random: ports.randomness() }), enqueueStart);
  };
  const refuse = (code: string) => {
    log.warn({ cameraId, quality, code }, 'source refused');
    options.onLost('unplayable');
    startAgainLater();
  };
  const takeFragment = (fragment: MediaFragment, run: number) => {
    endS = fragment.mediaTime + fragment.durationS;
    options.onFragment(fragment, run);
  };
  const takeEnd = ({ reason, complaint, study: next }: RunEnd) => {
    current = null;
    study = next;
    options.onEnded();
    if (isStopping) return stopped.resolve();
    log.warn({ cameraId, quality, reason, complaint, attempt }, 'source lost');
    options.onLost(reason);
    startAgainLater();
  };

  // Asked anew at each start: an import may have changed the address meanwhile.
  const startRun = () => {
    const source = ports.sources.sourceOf(cameraId, quality);
    if (source === null) return refuse('cameras.notConnected');
    const args = ffmpegArguments({ source, networks: ports.networks, study });
    if (!args.ok) return refuse(args.refusal.code);
    runs += 1;
    const run = runs;
    const { startProcess } = ports;
    current = startSourceRun({
      ...{ arguments: args.value, startProcess, timers, limits },
      startAtS: endS === null ? 0 : endS + gapBetweenRunsS,
      onInit: (init) => {
        steady.set(limits.steadyAfterMs, () => {
          attempt = 0;
        });
        options.onInit(init, run);
      },
      onFragment: (fragment) => takeFragment(fragment, run),
      onSilent: () => options.onLost('noData'),
      onEnded: takeEnd,
    });
  };

  void options.startAfter.then(() => {
    if (!isStopping) enqueueStart();
  });
  return {
    processId: () => current?.processId ?? null,
    stop() {
      isStopping = true;
      leaveQueue();
      restart.clear();
      if (current === null) stopped.resolve();
      else current.stop();
      return stopped.promise;
    },
  };
}
