import type { Timers } from '#contract/values/index.ts';
import { createMediaReader, type MediaEvent, type MediaFragment, type MediaInit } from '../boxes/mediaReader.ts';
import { createDeadline, createSilenceDeadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';
import type { OpenedInput, Study } from '../protocols/protocol.ts';
import { cannotBeCopied, faultReason, type LostReason, nextStudy, withoutSecrets } from './faultReason.ts';
import type { StartProcess } from './ffmpegProcess.ts';

/** One life of one ffmpeg process. */
export type SourceRun = {
  readonly processId: number | null;
  /** Somebody wants to see what was only measured: a foreign codec's run ends, so that the next one encodes. */
  show(): void;
  /** Ends the process, politely at first; `onEnded` still comes, when it is gone. */
  stop(): void;
};

/** Why the process is gone; `complaint` is ffmpeg's last line without secrets, for the log; `study` is how the next one should start. */
export type RunEnd = {
  readonly reason: LostReason;
  /** What the input knows better than ffmpeg, e.g. `cameras.wrongPassword`. */
  readonly code: string | null;
  readonly complaint: string;
  readonly study: Study;
  /** The pictures are there, and in a form that only encoding makes playable. */
  readonly isForeignCodec: boolean;
};

export type SourceRunOptions = {
  arguments: readonly string[];
  input: OpenedInput;
  startProcess: StartProcess;
  timers: Timers;
  limits: GatewayLimits;
  startAtS: number;
  onInit: (init: MediaInit) => void;
  onFragment: (fragment: MediaFragment) => void;
  /** Whether what windows cannot show is looked at all the same. */
  isMeasured: () => boolean;
  /** A picture in a form that windows cannot show; its fragments follow to `onMeasured` where it is measured. */
  onForeign: (init: MediaInit) => void;
  onMeasured: (fragment: MediaFragment) => void;
  /** Nothing came for `silentLostMs`; the process lives and may go on. */
  onSilent: () => void;
  onEnded: (end: RunEnd) => void;
};

// ffmpeg repeats itself; what matters stands at the end.
const keptErrorText = 4_000;

/** Starts ffmpeg, reads its pipe, and kills it when it freezes or writes what no window can play. */
export function startSourceRun(options: SourceRunOptions): SourceRun {
  const { timers, limits } = options;
  const reader = createMediaReader({ startAtS: options.startAtS, isMeasured: options.isMeasured });
  const silence = createSilenceDeadline(timers);
  const politeness = createDeadline(timers);
  let errorText = '';
  let ownReason: LostReason | null = null;
  let isEnding = false;
  let isChanged = false;
  let isForeignCodec = false;
  let isOnlyMeasured = false;

  const killBecause = (reason: LostReason) => {
    ownReason ??= reason;
    isEnding = true;
    silence.clear();
    running.kill('SIGKILL');
  };
  const watchSilence = () =>
    silence.set(limits.silentLostMs, () => {
      options.onSilent();
      silence.set(limits.silentRestartMs - limits.silentLostMs, () => killBecause('noData'));
    });
  const take = (event: MediaEvent) => {
    switch (event.kind) {
      case 'init':
        return options.onInit(event.init);
      case 'fragment':
        watchSilence();
        return isOnlyMeasured ? options.onMeasured(event.fragment) : options.onFragment(event.fragment);
      case 'foreign':
        isOnlyMeasured = true;
        return options.onForeign(event.init);
      case 'changed':
        isChanged = true;
        return killBecause('exited');
      case 'unplayable':
        isForeignCodec = event.isForeignCodec ?? false;
        if (event.init !== undefined) options.onForeign(event.init);
        errorText += `${event.why}\n`;
        return killBecause('unplayable');
    }
  };

  const running = options.startProcess({
    arguments: options.arguments,
    feed: options.input.feed,
    onOutput: (chunk) => {
      if (isEnding) return;
      for (const event of reader.push(chunk)) take(event);
    },
    onErrorText: (text) => {
      errorText = (errorText + text).slice(-keptErrorText);
    },
    onEnded: () => {
      silence.clear();
      politeness.clear();
      const complaint = withoutSecrets(errorText.trim().split('\n').at(-1) ?? '').slice(0, 300);
      const fault = options.input.fault();
      options.input.close();
      const reason = fault?.reason ?? ownReason ?? faultReason(errorText);
      options.onEnded({
        reason,
        code: isChanged ? 'cameras.pictureChanged' : (fault?.code ?? null),
        complaint,
        study: nextStudy(errorText),
        isForeignCodec: isForeignCodec || (ownReason === null && fault === null && cannotBeCopied(errorText)),
      });
    },
  });
  silence.set(limits.firstFragmentMs, () => killBecause('noData'));

  return {
    processId: running.processId,
    show() {
      if (!isOnlyMeasured || isEnding) return;
      isForeignCodec = true;
      killBecause('unplayable');
    },
    stop() {
      isEnding = true;
      silence.clear();
      running.kill('SIGTERM');
      politeness.set(limits.politeStopMs, () => running.kill('SIGKILL'));
    },
  };
}
