import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { drawnSize, markFilters, stripPx } from './markFilters.ts';

const font = 'Noto Sans CJK SC';

/** A black picture of that size with that mark, as luma. */
function drawn({ line, widthPx = 640, heightPx = 360 }: { line: string; widthPx?: number; heightPx?: number }) {
  const mark = { lines: [line, '第二行'], trace: '王建国', font };
  const filters = markFilters({ picture: { widthPx, heightPx }, mark });
  const black = ['-f', 'lavfi', '-i', `color=black:size=${widthPx}x${heightPx}:rate=1:duration=1`, '-frames:v', '1'];
  const raw = ['-vf', filters, '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'];
  const { stdout: output, stderr } = spawnSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', ...black, ...raw]);
  const errorText = stderr.toString('utf8');
  const size = drawnSize({ widthPx, heightPx });
  const strip = stripPx(size, mark.lines.length);
  return { output, errorText, size, strip };
}

/** Columns of the strip's first line in which something is written. */
function writtenColumns({ output, size, strip }: ReturnType<typeof drawn>): readonly number[] {
  const rows = Array.from({ length: Math.floor(strip / 2) }, (_, row) => size.heightPx + row);
  return Array.from({ length: size.widthPx }, (_, column) => column).filter((column) =>
    rows.some((row) => (output[row * size.widthPx + column] ?? 0) > 120),
  );
}

test.each([
  ['quotes, colons and backslashes', String.raw`It's 19:31:05 \ 'x' "y"`],
  ['what ends a filter or begins another one', 'a,b;c[out]=d,drawbox=color=white:t=fill'],
  ['what looks like an expression', '%{pts} %{expr:1/0} ${HOME} %'],
])('a name with %s is written as it is, and changes nothing else', (_, line) => {
  const plain = drawn({ line: line.replaceAll(/[^A-Za-z0-9 ]/g, 'n') });
  const special = drawn({ line });
  expect([special.errorText, special.output.length, writtenColumns(special).length > 40]).toEqual(['', plain.output.length, true]);
  // Nothing beside the strip and the trace: the picture's own corner is as black as it came.
  expect(special.output[0]).toBe(plain.output[0]);
});

test('the strip lies below the picture, and a line that is too long is written smaller, never cut', () => {
  const short = drawn({ line: '东街口' });
  const long = drawn({ line: '东街口'.repeat(26) });
  expect(short.output.length).toBe(640 * (360 + short.strip));
  expect(writtenColumns(short).at(-1)).toBeLessThan(120);
  expect(writtenColumns(long).at(-1)).toBeLessThan(640);
  expect(writtenColumns(long).length).toBeGreaterThan(300);
});

test('a picture is never drawn larger than it came, nor larger than a street needs', () => {
  const sizes = [
    [640, 360],
    [1920, 1080],
    [3840, 2160],
    [2592, 1944],
  ].map(([widthPx = 0, heightPx = 0]) => drawnSize({ widthPx, heightPx }));
  expect(sizes.map(({ widthPx, heightPx }) => [widthPx, heightPx])).toEqual([
    [640, 360],
    [1920, 1080],
    [1920, 1080],
    [1440, 1080],
  ]);
});
