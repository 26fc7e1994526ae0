import { describe, expect, test, vi } from 'vitest';
import { createProgress } from './progress.mjs';

function screen(parts: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { ...parts, write: (text: string) => written.push(text), written };
}

describe('the line of a step', () => {
  test('in a log: the beginning, a sign of life now and then, the end', () => {
    vi.useFakeTimers();
    const out = screen();
    const progress = createProgress({ position: '2/5', name: 'demo pictures', out });
    progress.start('drawing 64');
    progress.say('12/64');
    vi.advanceTimersByTime(16_000);
    progress.done();
    vi.useRealTimers();
    expect(out.written).toEqual([
      '[2/5] demo pictures … drawing 64\n',
      '[2/5] demo pictures … drawing 64, 15 s, 12/64\n',
      '[2/5] demo pictures … drawing 64, 16 s\n',
    ]);
  });

  test('on a terminal: one line that is written over and never wraps', () => {
    vi.useFakeTimers();
    const out = screen({ isTTY: true, columns: 30 });
    const progress = createProgress({ position: '1/1', name: 'windows', out });
    progress.start('a note that is longer than the terminal');
    vi.advanceTimersByTime(1000);
    progress.failed();
    vi.useRealTimers();
    expect(
      out.written
        .join('')
        .split(/\r\x1b\[2K|\n/)
        .filter((line) => line.length > 29),
    ).toEqual([]);
    expect(out.written.filter((text) => text.endsWith('\n'))).toHaveLength(1);
  });

  test('a table is shown once, the running line repeats only its title', () => {
    const out = screen();
    const progress = createProgress({ position: '3/5', name: 'system packages', out });
    progress.start('needed are\n      ffmpeg  reads cameras');
    progress.done();
    expect(out.written).toEqual([
      '[3/5] system packages … needed are\n',
      '      ffmpeg  reads cameras\n',
      '[3/5] system packages … needed are, 0 s\n',
    ]);
  });
});
