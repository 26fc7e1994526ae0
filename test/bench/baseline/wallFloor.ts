import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpuMs } from '../measure.ts';
import { passing } from '../wall/passing.ts';

/** What decoding alone costs: each file in real time through ffmpeg on one thread, shown nowhere. Percent of one core. */
export async function measureFloor({ files, windowMs }: { files: readonly string[]; windowMs: number }): Promise<number> {
  const decoders = files.map(startDecoder);
  // Starting a process is no decoding.
  await passing(2_000);
  const pids = decoders.map(({ pid }) => pid ?? 0);
  const [before, startedAtMs] = [cpuMs(pids), performance.now()];
  await passing(windowMs);
  const percent = ((cpuMs(pids) - before) / (performance.now() - startedAtMs)) * 100;
  if (decoders.some(({ exitCode }) => exitCode !== null)) throw new Error('a decoder ended');
  await Promise.all(decoders.map(end));
  return percent;
}

function startDecoder(file: string): ChildProcess {
  const input = ['-v', 'error', '-nostdin', '-threads', '1', '-re', '-stream_loop', '-1', '-i', file];
  return spawn('ffmpeg', [...input, '-f', 'null', '-'], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function end(decoder: ChildProcess): Promise<void> {
  const exited = once(decoder, 'exit');
  decoder.kill('SIGKILL');
  await exited;
}
