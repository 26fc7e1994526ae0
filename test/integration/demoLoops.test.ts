import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoLoopPath, demoScenes } from '#platform/cameras/demo/index.ts';
import { synthesiseLoop } from '#tools/demoLoops/synthesiseLoop.ts';

const run = promisify(execFile);
const scene = demoScenes()[1]!;
let cacheDir: string;

beforeAll(async () => {
  cacheDir = await mkdtemp(path.join(tmpdir(), 'demo-loops-test-'));
});

afterAll(async () => {
  await rm(cacheDir, { recursive: true, force: true });
});

function loop(quality: 'main' | 'sub'): string {
  return demoLoopPath({ cacheDir, cameraId: scene.cameraId, quality });
}

async function streamOf(file: string) {
  const entries = 'stream=codec_name,profile,width,height,r_frame_rate,has_b_frames,pix_fmt,nb_frames';
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'json', file]);
  return (JSON.parse(stdout) as { streams: unknown[] }).streams;
}

async function keyPicturesOf(file: string): Promise<{ number: number; type: string }[]> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_entries', 'frame=pict_type,key_frame', '-of', 'csv=p=0', file]);
  // Side data (the encoder's own remark) comes on lines of its own.
  const frames = stdout.split('\n').filter((line) => /^[01],/.test(line));
  return frames.flatMap((line, number) => (line.startsWith('1') ? [{ number, type: line.split(',')[1] ?? '' }] : []));
}

async function topBoxesOf(file: string): Promise<string[]> {
  const bytes = await readFile(file);
  const boxes: string[] = [];
  for (let offset = 0; offset + 8 <= bytes.length; offset += bytes.readUInt32BE(offset))
    boxes.push(bytes.toString('latin1', offset + 4, offset + 8));
  return boxes;
}

describe('a synthesised demo loop', () => {
  beforeAll(async () => {
    await synthesiseLoop({ scene: { ...scene, periodS: 6 }, cacheDir });
  });

  it('is H.264 in both sizes, 12.5 pictures a second, without B-frames, as long as its period', async () => {
    const shared = { codec_name: 'h264', profile: 'High', has_b_frames: 0, pix_fmt: 'yuv420p', r_frame_rate: '25/2', nb_frames: '75' };
    expect(await streamOf(loop('main'))).toEqual([{ ...shared, width: 1280, height: 720 }]);
    expect(await streamOf(loop('sub'))).toEqual([{ ...shared, width: 640, height: 360 }]);
  });

  it('begins a group of pictures every two seconds', async () => {
    const everyTwoSeconds = [0, 25, 50].map((number) => ({ number, type: 'I' }));
    expect(await keyPicturesOf(loop('main'))).toEqual(everyTwoSeconds);
    expect(await keyPicturesOf(loop('sub'))).toEqual(everyTwoSeconds);
  });

  it('never shows the same picture twice, key pictures included', async () => {
    const { stdout } = await run('ffmpeg', ['-v', 'error', '-i', loop('sub'), '-f', 'framemd5', '-']);
    const hashes = stdout.split('\n').flatMap((line) => (line.startsWith('0,') ? [line.split(',').at(-1)?.trim()] : []));
    expect(hashes.length).toBe(75);
    expect(new Set(hashes).size).toBe(75);
  });

  it('has its index in front, so that playing starts before all is read', async () => {
    const boxes = await topBoxesOf(loop('main'));
    expect(boxes.indexOf('moov')).toBeGreaterThan(-1);
    expect(boxes.indexOf('moov')).toBeLessThan(boxes.indexOf('mdat'));
  });
});

describe('the demo pictures command', () => {
  const tool = path.join(import.meta.dirname, '..', '..', 'tools', 'demoLoops.ts');
  const synthesise = () => run(process.execPath, [tool, '--only', '1', '--cache', cacheDir]);

  it('makes what is missing, notes it, and leaves it alone the next time', async () => {
    const first = demoLoopPath({ cacheDir, cameraId: demoScenes()[0]!.cameraId, quality: 'main' });
    expect((await synthesise()).stdout).toContain('1/1');
    const made = await stat(first);
    expect((await synthesise()).stdout).toContain('all 1 loops are there');
    expect((await stat(first)).mtimeMs).toBe(made.mtimeMs);
  });

  it('makes a loop again whose file has gone', async () => {
    const first = demoLoopPath({ cacheDir, cameraId: demoScenes()[0]!.cameraId, quality: 'sub' });
    await rm(first);
    expect((await synthesise()).stdout).toContain('drawing 1 of 1');
    expect((await stat(first)).size).toBeGreaterThan(100_000);
  });
});
