import { constants, setPriority } from 'node:os';
import { spawn } from 'node:child_process';
import { greyBytes, greyGrid } from './stillWatch.ts';

/** Decodes key pictures (NAL units, each picture with its parameter sets) to small grey ones, in order; null for what does not decode. A port. */
export type DecodeGrey = (pictures: readonly (readonly Uint8Array[])[]) => Promise<readonly (Uint8Array | null)[]>;

// A round of 256 sources takes some seconds; what takes longer hangs.
const tooLongMs = 30_000;
const startCode = Uint8Array.of(0, 0, 0, 1);

/**
 * One ffmpeg of the lowest priority for all pictures of a round, one after the other through its pipes: no file, and never two at once when
 * rounds are awaited. It ends with the round, so one that dies costs one round. When the count is not what went in, each picture is tried
 * alone: a broken one hides no other.
 */
export function greyDecoder(ffmpeg: string): DecodeGrey {
  return async (pictures) => {
    const together = await decodeAll(ffmpeg, pictures);
    if (together.length === pictures.length) return together;
    const alone: (Uint8Array | null)[] = [];
    for (const picture of pictures) alone.push((await decodeAll(ffmpeg, [picture])).at(-1) ?? null);
    return alone;
  };
}

async function decodeAll(ffmpeg: string, pictures: readonly (readonly Uint8Array[])[]): Promise<readonly Uint8Array[]> {
  const child = spawn(ffmpeg, greyArguments, { stdio: ['pipe', 'pipe', 'ignore'] });
  // 'error' (not found, no memory) is followed by 'close' as well.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const closed = new Promise((resolve) => child.on('close', resolve));
  lowerPriority(child.pid);
  const tooLong = setTimeout(() => child.kill('SIGKILL'), tooLongMs);
  const output: Buffer[] = [];
  const mostBytes = pictures.length * greyBytes;
  let bytes = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    // More than was asked for is no answer, and is not kept.
    if (bytes > mostBytes) child.kill('SIGKILL');
    else output.push(chunk);
  });
  for (const unit of pictures.flat()) {
    child.stdin.write(startCode);
    child.stdin.write(unit);
  }
  child.stdin.end();
  await closed;
  clearTimeout(tooLong);
  return bytes > mostBytes ? [] : cut(Buffer.concat(output));
}

const greyArguments = [
  ...['-nostdin', '-loglevel', 'quiet', '-threads', '1', '-flags', '+output_corrupt', '-f', 'h264', '-i', 'pipe:0'],
  ...['-an', '-vsync', 'passthrough', '-vf', `scale=${greyGrid.columns}:${greyGrid.rows}:flags=area,format=gray`],
  ...['-threads', '1', '-f', 'rawvideo', 'pipe:1'],
];

function cut(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / greyBytes) }, (_, at) => bytes.subarray(at * greyBytes, (at + 1) * greyBytes));
}

function lowerPriority(processId: number | undefined): void {
  if (processId === undefined) return;
  try {
    setPriority(processId, constants.priority.PRIORITY_LOW);
  } catch {
    // Already gone.
  }
}
