import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';

/** A process of the benchmark: it prints one line of JSON when it is ready, and ends when its input does. */
export type StartedProgram<Ready> = { readonly pid: number; readonly ready: Ready; end(): Promise<void> };

/** Starts one of this folder's programs (or of the baseline's). */
export async function startProgram<Ready>({
  file,
  words,
  ready,
  told = [],
}: {
  file: string;
  words: readonly string[];
  ready: z.ZodType<Ready>;
  /** Gets every number that it prints after it is ready. */
  told?: number[];
}): Promise<StartedProgram<Ready>> {
  const program = path.resolve(import.meta.dirname, file);
  const child = spawn(process.execPath, [program, ...words], { stdio: ['pipe', 'pipe', 'inherit'] });
  const died = once(child, 'exit').then(([code]: unknown[]) => Promise.reject(new Error(`${file} ended with ${String(code)}`)));
  died.catch(() => {});
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([once(lines, 'line'), died])) as [string];
  lines.on('line', (next) => told.push(Number(next)));
  return { pid: child.pid!, ready: ready.parse(JSON.parse(line)), end: () => endProgram(child) };
}

async function endProgram(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.stdin?.end();
  await exited;
}
