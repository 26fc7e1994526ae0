import { describe, expect, test } from 'vitest';
import { formatLogLine, readyUrl } from './logLines.mjs';

describe('lines of a child process at the terminal', () => {
  test('warnings and errors are one readable line with their fields', () => {
    const line = JSON.stringify({ level: 40, time: 1, pid: 2, hostname: 'h', msg: 'camera went away', cameraId: 'cam-7', retryInMs: 500 });
    expect(formatLogLine({ from: 'platform', line })).toBe('platform warn: camera went away cameraId=cam-7 retryInMs=500');
  });

  test('the reason of an error is shown, its stack stays in the log file', () => {
    const line = JSON.stringify({
      level: 50,
      msg: 'journal is read-only',
      err: { type: 'Error', message: 'EIO', stack: 'Error: EIO\n at x' },
    });
    expect(formatLogLine({ from: 'room', line })).toBe('room error: journal is read-only (EIO)');
  });

  test('ordinary lines are only for the log file', () => {
    expect(formatLogLine({ from: 'platform', line: JSON.stringify({ level: 30, msg: 'listening' }) })).toBeUndefined();
  });

  test('what is not a log line, such as the stack of a crash, is shown as it is', () => {
    expect(formatLogLine({ from: 'room', line: 'TypeError: x is not a function' })).toBe('room: TypeError: x is not a function');
  });
});

describe('the line that says a process is ready', () => {
  test('gives its address', () => {
    expect(readyUrl({ expects: 'platform', line: '{"ready":"platform","url":"http://127.0.0.1:1"}' })).toBe('http://127.0.0.1:1');
  });

  test.each(['', 'hello', '{"ready":"room","url":"x"}', '{"ready":"platform"}', 'null'])('is not mistaken for %j', (line) => {
    expect(readyUrl({ expects: 'platform', line })).toBeUndefined();
  });
});
