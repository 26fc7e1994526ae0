import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createBirpc } from 'birpc';
import type { DesksFunctions } from './desksProcess.ts';

/** The desks of one side, in their own process. */
export type DesksProcess = {
  readonly ask: ReturnType<typeof createBirpc<DesksFunctions, object>>;
  readonly pid: number;
  end(): Promise<void>;
};

/** Starts an empty one. */
export function startDesks(): DesksProcess {
  const child = fork(path.join(import.meta.dirname, 'desksProcess.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = createBirpc<DesksFunctions, object>(
    {},
    { post: (message) => void child.send(message as object), on: (listener) => child.on('message', listener), timeout: -1 },
  );
  return { ask, pid: child.pid!, end: () => endProcess(child) };
}

/** The plain ways; a volatile event is dropped where a client's socket is just then busy. */
export type PlainKind = 'socketIo' | 'socketIoVolatile' | 'ws';

/** A plain server of test/bench/baseline, and where it answers. */
export async function startPlainServer(kind: PlainKind): Promise<{ url: string; pid: number; end(): Promise<void> }> {
  const file = path.join(import.meta.dirname, '../baseline', kind === 'ws' ? 'wsServer.ts' : 'socketIoServer.ts');
  const words = kind === 'socketIoVolatile' ? [file, 'volatile'] : [file];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return { url: (JSON.parse(line) as { url: string }).url, pid: child.pid!, end: () => endProcess(child) };
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}
