import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { MediaGrant } from '#contract/cameras/index.ts';
import { type Result, refused } from '#contract/values/index.ts';
import type { Loops } from './fakeGateway.ts';
import type { FakeMedia } from './fakeMain.ts';
import type { GatewayProcessWords } from './gatewayProcess.ts';

/** A gateway that is killed with all its sockets and streams, and started again where it was. */
export type KillableGateway = {
  readonly media: FakeMedia;
  /** When windows asked for a right, whether it could be given or not; epoch ms. */
  readonly askedAtMs: readonly number[];
  /** Its process; another one after each start. */
  pid(): number;
  /** Memory of that process, MB. */
  residentMB(): Promise<number>;
  /** Names of the processes that it has started and that run. */
  children(): Promise<readonly string[]>;
  kill(): Promise<void>;
  start(): Promise<void>;
};

type Told = { up?: true; connectSrc?: readonly string[]; id?: number; answer?: Result<MediaGrant> };

/** Starts it. `under` is a program with its arguments that runs another one (in a network of its own, for one); `host` the address there. */
export async function startKillableGateway({
  loops,
  under = [],
  host = '127.0.0.1',
}: {
  /** Camera id -> what it plays. */
  loops: Readonly<Record<string, Loops>>;
  under?: readonly string[];
  host?: string;
}): Promise<KillableGateway> {
  const script = path.resolve(import.meta.dirname, 'gatewayProcess.ts');
  const waiting = new Map<number, (answer: Result<MediaGrant>) => void>();
  const askedAtMs: number[] = [];
  let child: ChildProcess | null = null;
  let connectSrc: readonly string[] = [];
  let nextId = 1;
  const start = async (): Promise<void> => {
    const port = Number(new URL(connectSrc[0] ?? 'http://127.0.0.1:0').port);
    const words: GatewayProcessWords = { port, host, loops };
    const [file, ...args] = [...under, process.execPath, script, JSON.stringify(words)];
    const started = spawn(file ?? process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    started.on('message', (told: Told) => {
      if (told.id === undefined || told.answer === undefined) return;
      waiting.get(told.id)?.(told.answer);
      waiting.delete(told.id);
    });
    started.on('exit', () => {
      for (const answer of waiting.values()) answer(refused('bus.unreachable'));
      waiting.clear();
    });
    const [up] = (await once(started, 'message')) as [Told];
    connectSrc = up.connectSrc ?? [];
    child = started;
  };
  await start();
  return {
    media: {
      openView: (asked) => {
        askedAtMs.push(Date.now());
        const asking = child;
        if (asking === null) return refused('bus.unreachable');
        const id = nextId;
        nextId += 1;
        return new Promise((resolve) => {
          waiting.set(id, resolve);
          asking.send({ id, asked });
        });
      },
      connectSrc,
    },
    askedAtMs,
    pid: () => child?.pid ?? 0,
    residentMB: async () => {
      const status = await readFile(`/proc/${child?.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
    },
    children: async () => {
      const pids = await readFile(`/proc/${child?.pid}/task/${child?.pid}/children`, 'utf8');
      return await Promise.all(
        pids
          .split(' ')
          .filter(Boolean)
          .map(async (pid) => (await readFile(`/proc/${pid}/comm`, 'utf8')).trim()),
      );
    },
    kill: async () => {
      const killed = child;
      child = null;
      if (killed === null) return;
      const gone = once(killed, 'exit');
      killed.kill('SIGKILL');
      await gone;
    },
    start,
  };
}
