import { expect, test } from 'vitest';
import { backoffMs } from './backoff.ts';
import { faultReason, nextStudy, withoutSecrets } from './faultReason.ts';

test.each([
  ['[rtsp @ 0x1] method DESCRIBE failed: 404 Not Found\nrtsp://10.0.0.1/x: Server returned 404 Not Found', 'refusedByCamera'],
  ['[rtsp @ 0x1] method DESCRIBE failed: 401 Unauthorized\nServer returned 401 Unauthorized (authorization failed)', 'refusedByCamera'],
  ['[tcp @ 0x1] Connection to tcp://10.0.0.1:554 failed: Connection refused', 'noData'],
  ['rtsp://10.0.0.1/x: Connection timed out', 'noData'],
  ['[tcp @ 0x1] Connection to tcp://10.0.0.1:554 failed: No route to host', 'noData'],
  ['rtsp://10.0.0.1/x: Invalid data found when processing input', 'unplayable'],
  ["Stream map '0:v:0' matches no streams.", 'unplayable'],
  ['', 'exited'],
  ['Killed', 'exited'],
])('%j means %s', (text, reason) => {
  expect(faultReason(text)).toBe(reason);
});

test('a start that failed for want of the picture size is tried again with more patience', () => {
  expect(nextStudy('Could not find codec parameters for stream 0 (Video: h264, none): unspecified size')).toBe('patient');
  expect(nextStudy('Connection refused')).toBe('quick');
});

test('passwords are taken out, also those with an @ in them', () => {
  expect(withoutSecrets('open rtsp://admin:p@ss/w@rd@10.0.0.1/x failed, rtsp://u@h/y too')).toBe(
    'open rtsp://***@10.0.0.1/x failed, rtsp://***@h/y too',
  );
});

test('the wait doubles from half a second to fifteen, its upper half by chance', () => {
  const waits = (random: number) => [1, 2, 3, 6, 7, 1000].map((attempt) => backoffMs({ attempt, firstMs: 500, maxMs: 15_000, random }));
  expect(waits(0)).toEqual([250, 500, 1_000, 7_500, 7_500, 7_500]);
  expect(waits(1)).toEqual([500, 1_000, 2_000, 15_000, 15_000, 15_000]);
});
