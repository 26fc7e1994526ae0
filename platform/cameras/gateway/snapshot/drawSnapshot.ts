import { spawn } from 'node:child_process';
import { type Mark, markFilters, type PictureSize } from './markFilters.ts';

/** Decodes one key picture (NAL units with its parameter sets) and makes a marked JPEG of it; null when that does not work. A port. */
export type DrawSnapshot = (asked: {
  units: readonly Uint8Array[];
  picture: PictureSize;
  mark: Mark;
  /** Greatest length of the JPEG. Unit: bytes. */
  mostBytes: number;
}) => Promise<Uint8Array | null>;

const tooLongMs = 10_000;
const startCode = Uint8Array.of(0, 0, 0, 1);
/** Of ffmpeg's JPEG encoder: 2 is nearly without loss, 31 the worst. The next one when the picture is too large. */
const qualities = [3, 7, 15] as const;

/** One ffmpeg, by argument array and through its pipes: no picture is on a disk before it is sealed. */
export function ffmpegSnapshots(ffmpeg: string): DrawSnapshot {
  return async ({ units, picture, mark, mostBytes }) => {
    for (const quality of qualities) {
      const jpeg = await draw({ ffmpeg, units, filters: markFilters({ picture, mark }), quality, mostBytes });
      if (jpeg !== 'tooLarge') return jpeg;
    }
    return null;
  };
}

async function draw({
  ffmpeg,
  units,
  filters,
  quality,
  mostBytes,
}: {
  ffmpeg: string;
  units: readonly Uint8Array[];
  filters: string;
  quality: number;
  mostBytes: number;
}): Promise<Uint8Array | 'tooLarge' | null> {
  const child = spawn(ffmpeg, argumentsFor({ filters, quality }), { stdio: ['pipe', 'pipe', 'ignore'] });
  // 'error' (not found, no memory) is followed by 'close' as well.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const tooLong = setTimeout(() => child.kill('SIGKILL'), tooLongMs);
  const output: Buffer[] = [];
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > mostBytes) child.kill('SIGKILL');
    else output.push(chunk);
  });
  for (const unit of units) {
    child.stdin.write(startCode);
    child.stdin.write(unit);
  }
  child.stdin.end();
  const code = await closed;
  clearTimeout(tooLong);
  if (bytes > mostBytes) return 'tooLarge';
  return code === 0 && bytes > 0 ? Buffer.concat(output) : null;
}

// `bitexact` keeps the encoder's name out of the picture: it carries nothing but itself.
function argumentsFor({ filters, quality }: { filters: string; quality: number }): readonly string[] {
  return [
    ...['-nostdin', '-loglevel', 'quiet', '-protocol_whitelist', 'pipe', '-threads', '1', '-f', 'h264', '-i', 'pipe:0'],
    ...['-an', '-map_metadata', '-1', '-frames:v', '1', '-vf', filters, '-c:v', 'mjpeg', '-threads', '1', '-q:v', `${quality}`],
    ...['-flags:v', '+bitexact', '-fflags', '+bitexact', '-f', 'image2pipe', 'pipe:1'],
  ];
}
