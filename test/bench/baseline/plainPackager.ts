import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cpuMs } from '../measure.ts';
import { memoryOf } from '../wall/benchBrowser.ts';
import { passing } from '../wall/passing.ts';

/**
 * `ffmpeg -f hls` per source, its segments of 2 s as files in memory (tmpfs, where there is one): the packager alone, with nobody who fetches
 * and nothing that serves. Every packager must have written a segment in the measured time, or it is waited for: one that does nothing costs nothing.
 */
export async function measurePlainPackager({
  files,
  windowMs,
}: {
  files: readonly string[];
  windowMs: number;
}): Promise<{ cpuPercent: number; memoryMiB: number }> {
  const folder = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'commandwall-hls-'));
  const packagers = files.map((file, index) => startPackager({ file, folder, name: `${index}` }));
  await passing(3_000);
  const written = await newestSegments({ folder, files });
  const pids = packagers.map(({ pid }) => pid ?? 0);
  const [before, startedAtMs] = [cpuMs(pids), performance.now()];
  await passing(windowMs);
  const cpuPercent = ((cpuMs(pids) - before) / (performance.now() - startedAtMs)) * 100;
  const memoryMiB = (await Promise.all(pids.map(memoryOf))).reduce((sum, { all }) => sum + all, 0);
  while ((await newestSegments({ folder, files })).some((newest, index) => newest <= (written[index] ?? 0))) {
    if (packagers.some(({ exitCode }) => exitCode !== null)) throw new Error('a packager ended');
    await passing(100);
  }
  await Promise.all(packagers.map(end));
  await rm(folder, { recursive: true });
  return { cpuPercent, memoryMiB };
}

/** Number of the newest segment of each source; -1 while it has none. */
async function newestSegments({ folder, files }: { folder: string; files: readonly string[] }): Promise<readonly number[]> {
  const names = await readdir(folder);
  return files.map((_, source) =>
    Math.max(
      -1,
      ...names
        .flatMap((name) => (name.startsWith(`${source}-`) ? [Number.parseInt(name.split('-')[1] ?? '', 10)] : []))
        .filter(Number.isInteger),
    ),
  );
}

function startPackager({ file, folder, name }: { file: string; folder: string; name: string }): ChildProcess {
  const input = ['-v', 'error', '-nostdin', '-re', '-stream_loop', '-1', '-i', file, '-c', 'copy'];
  const output = ['-f', 'hls', '-hls_time', '2', '-hls_list_size', '6', '-hls_flags', 'delete_segments', '-hls_segment_type', 'fmp4'];
  const names = ['-hls_fmp4_init_filename', `${name}-init.mp4`, '-hls_segment_filename', path.join(folder, `${name}-%d.m4s`)];
  return spawn('ffmpeg', [...input, ...output, ...names, path.join(folder, `${name}.m3u8`)], { stdio: ['ignore', 'ignore', 'inherit'] });
}

async function end(packager: ChildProcess): Promise<void> {
  const exited = once(packager, 'exit');
  packager.kill('SIGKILL');
  await exited;
}
