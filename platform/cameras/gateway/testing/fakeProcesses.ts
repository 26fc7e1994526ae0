import type { StartProcess } from '../source/ffmpegProcess.ts';

/** A process that a test plays: what it was started with, what it writes, when it ends. */
export type FakeProcess = {
  readonly arguments: readonly string[];
  readonly signals: string[];
  write(bytes: Uint8Array): void;
  complain(text: string): void;
  end(): void;
};

/** In-memory twin of `ffmpegProcesses`. A killed process ends at once unless it is `frozen` (then only SIGKILL ends it). */
export function createFakeProcesses(): { startProcess: StartProcess; started: FakeProcess[]; freeze(): void } {
  const started: FakeProcess[] = [];
  let isFrozen = false;
  return {
    started,
    freeze() {
      isFrozen = true;
    },
    startProcess({ arguments: args, onOutput, onErrorText, onEnded }) {
      const signals: string[] = [];
      let hasEnded = false;
      const end = () => {
        if (!hasEnded) onEnded();
        hasEnded = true;
      };
      started.push({ arguments: args, signals, write: onOutput, complain: onErrorText, end });
      return {
        processId: started.length,
        kill(signal) {
          signals.push(signal);
          if (signal === 'SIGKILL' || !isFrozen) queueMicrotask(end);
        },
      };
    },
  };
}
