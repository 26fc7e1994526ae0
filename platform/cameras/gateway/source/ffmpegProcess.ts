import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/** A process that was asked to start. `processId` is null when it could not. */
export type RunningProcess = { readonly processId: number | null; kill(signal: 'SIGTERM' | 'SIGKILL'): void };

/** Starts a process; `onEnded` comes exactly once, after the last output, also when it could not start. A port: tests bring their own. */
export type StartProcess = (options: {
  arguments: readonly string[];
  /** Writes what the process reads from its standard input; null = it reads nothing there. */
  feed: ((stdin: Writable) => void) | null;
  onOutput: (chunk: Uint8Array) => void;
  onErrorText: (text: string) => void;
  onEnded: () => void;
}) => RunningProcess;

/** ffmpeg by argument array: no shell ever sees a camera's address. */
export function ffmpegProcesses(ffmpeg: string): StartProcess {
  return ({ arguments: args, feed, onOutput, onErrorText, onEnded }) => {
    const child = spawn(ffmpeg, [...args], { stdio: ['pipe', 'pipe', 'pipe'] });
    // A process that ends while it is fed closes its side: that is told by its end, not here.
    child.stdin.on('error', () => {});
    if (feed === null) child.stdin.end();
    else feed(child.stdin);
    child.stdout.on('data', onOutput);
    child.stderr.setEncoding('utf8').on('data', onErrorText);
    // 'error' (not found, no memory) is followed by 'close' as well; here it only must not be unhandled.
    child.on('error', (error) => onErrorText(`${error.message}\n`));
    child.on('close', onEnded);
    return { processId: child.pid ?? null, kill: (signal) => child.kill(signal) };
  };
}
