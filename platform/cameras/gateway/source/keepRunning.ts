import type { Randomness, Timers } from '#contract/values/index.ts';
import type { CameraSources, SourceReading } from '#platform/cameras/ports.ts';
import type { MediaFragment, MediaInit } from '../boxes/mediaReader.ts';
import { createDeadline } from '../deadline.ts';
import type { GatewayLog } from '../gatewayLog.ts';
import type { GatewayLimits } from '../limits.ts';
import type { InputFault, OpenedInput, OpenInput, Study } from '../protocols/protocol.ts';
import { ffmpegArguments, type RenditionAsked, type TranscodeBudget } from '../renditions/index.ts';
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
  openInput: OpenInput;
  startProcess: StartProcess;
  startQueue: StartQueue;
  budget: TranscodeBudget;
};

/** A source that is started again for ever, one process at a time: cheap cameras collapse when they are opened twice. */
export type KeptRunning = {
  processId(): number | null;
  /** How it is read; null before the first start. */
  reading(): SourceReading | null;
  /** What the last start is known to have failed by; null when it did not, or only ffmpeg knows. */
  fault(): string | null;
  /** Somebody looks now: what was only measured is encoded, where windows cannot show it as it is. */
  show(): void;
  /** Resolves when the process is gone and no other will come. */
  stop(): Promise<void>;
};

/** `run` counts the starts from 1. Media time goes on over restarts. `onEnded` comes when a run is over, `onLost` also when it only fell silent. */
export type KeepRunningOptions = {
  ports: RunPorts;
  /** The end of the same source's process before: a camera is never opened twice. */
  startAfter: Promise<unknown>;
  rendition: RenditionAsked;
  onInit: (init: MediaInit, run: number) => void;
  onFragment: (fragment: MediaFragment, run: number) => void;
  /** Whether a form that windows cannot show is measured, because nobody looks; see sourceRun. */
  isMeasured: () => boolean;
  onForeign: (init: MediaInit, run: number) => void;
  onMeasured: (fragment: MediaFragment) => void;
  /** A process starts. */
  onStart: (form: 'copied' | 'encoded') => void;
  /** `code`: what it is known to have failed by. */
  onLost: (reason: LostReason, code: string | null) => void;
  onEnded: () => void;
};

// Runs are kept apart in media time, so that buffered ranges of a window never merge over a restart.
const gapBetweenRunsS = 1;

export function keepRunning(options: KeepRunningOptions): KeptRunning {
  const { ports, rendition } = options;
  const { cameraId, quality, masks = null } = rendition;
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
  let transport: 'asked' | 'tcp' = 'asked';
  let reading: SourceReading | null = null;
  let audio: () => string | null = () => null;
  let fault: string | null = null;
  let isOpening = false;
  let hasPictures = false;
  // Tried as it comes at first, each time: what can be copied costs nothing.
  let isEncoded = masks !== null;
  let giveBack = () => {};

  const enqueueStart = () => {
    leaveQueue = ports.startQueue.enqueue(startRun);
  };
  const startAgainLater = () => {
    steady.clear();
    attempt += 1;
    const { restartFirstMs: firstMs, restartMaxMs: maxMs } = limits;
    restart.set(backoffMs({ attempt, firstMs, maxMs, random: ports.randomness() }), enqueueStart);
  };
  const fail = ({ reason, code }: InputFault) => {
    giveBack();
    fault = code;
    log.warn({ cameraId, quality, reason, code, attempt }, 'source not opened');
    options.onLost(reason, code);
    startAgainLater();
  };
  const takeFragment = (fragment: MediaFragment, run: number) => {
    endS = fragment.mediaTime + fragment.durationS;
    fault = null;
    hasPictures = true;
    options.onFragment(fragment, run);
  };
  const takeEnd = ({ reason, code, complaint, study: next, isForeignCodec }: RunEnd) => {
    current = null;
    giveBack();
    study = next;
    // A firewall between lets the conversation through and not the pictures: nothing says so but their absence.
    const isSwallowed = (reason === 'noData' && code === null) || code === 'cameras.transportRefused';
    if (!hasPictures && isSwallowed && reading?.transport === 'udp') transport = 'tcp';
    options.onEnded();
    if (isStopping) return stopped.resolve();
    isEncoded = masks !== null || isForeignCodec;
    if (isForeignCodec) {
      log.info({ cameraId, quality, complaint }, 'source must be encoded');
      return enqueueStart();
    }
    fault = code;
    log.warn({ cameraId, quality, reason, code, complaint, attempt }, 'source lost');
    options.onLost(reason, code);
    startAgainLater();
  };

  const takePart = (): boolean => {
    const part = ports.budget.take(quality);
    giveBack = part ?? (() => {});
    return part !== null;
  };
  // Asked anew at each start: an import may have changed the address meanwhile.
  const open = async () => {
    const source = ports.sources.sourceOf(cameraId, quality);
    if (source === null) return fail({ reason: 'unplayable', code: 'cameras.notConnected' });
    if (isEncoded && !takePart()) return fail({ reason: 'unplayable', code: 'cameras.transcodingFull' });
    isOpening = true;
    const opened = await ports.openInput({ source, cameraId, quality, study, transport }).catch((error: unknown) => {
      log.error({ err: error, cameraId, quality }, 'a source could not be opened');
      return { ok: 'fault', fault: { reason: 'exited', code: 'cameras.inputFailed' } } as const;
    });
    isOpening = false;
    if (opened.ok === true && isStopping) opened.value.close();
    if (isStopping) {
      giveBack();
      return stopped.resolve();
    }
    if (opened.ok === 'fault') return fail(opened.fault);
    if (!opened.ok) return fail({ reason: 'unplayable', code: opened.refusal.code });
    run(opened.value);
  };
  const startRun = () => void open();
  const run = (input: OpenedInput) => {
    runs += 1;
    const number = runs;
    reading = input.reading;
    audio = input.audio ?? (() => null);
    hasPictures = false;
    const { startProcess } = ports;
    const firstFragmentMs = reading.transport === 'udp' && study === 'quick' ? limits.silentUdpMs : limits.firstFragmentMs;
    options.onStart(isEncoded ? 'encoded' : 'copied');
    const output = isEncoded ? ({ kind: 'encoded', quality, masks } as const) : ({ kind: 'copied' } as const);
    current = startSourceRun({
      ...{ arguments: ffmpegArguments(input.arguments, output), input, startProcess, timers, limits: { ...limits, firstFragmentMs } },
      startAtS: endS === null ? 0 : endS + gapBetweenRunsS,
      onInit: (init) => {
        steady.set(limits.steadyAfterMs, () => {
          attempt = 0;
        });
        options.onInit(init, number);
      },
      onFragment: (fragment) => takeFragment(fragment, number),
      isMeasured: options.isMeasured,
      onForeign: (init) => options.onForeign(init, number),
      onMeasured(fragment) {
        fault = null;
        hasPictures = true;
        options.onMeasured(fragment);
      },
      onSilent: () => options.onLost('noData', null),
      onEnded: takeEnd,
    });
  };

  void options.startAfter.then(() => {
    if (!isStopping) enqueueStart();
  });
  return {
    processId: () => current?.processId ?? null,
    reading: () => (reading === null ? null : { ...reading, audio: audio() }),
    fault: () => fault,
    show: () => current?.show(),
    stop() {
      isStopping = true;
      leaveQueue();
      restart.clear();
      if (current !== null) current.stop();
      else if (!isOpening) stopped.resolve();
      return stopped.promise;
    },
  };
}
