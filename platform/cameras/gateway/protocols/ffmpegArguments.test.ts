import { expect, test } from 'vitest';
import { privateNetworks } from '../checkSourceUrl.ts';
import { ffmpegArguments } from './index.ts';

const argumentsOf = (source: Parameters<typeof ffmpegArguments>[0]['source']) =>
  ffmpegArguments({ source, networks: privateNetworks, study: 'quick' });

test('a demo loop is played in real time, for ever, and only as a file', () => {
  const args = argumentsOf({ kind: 'demo', loop: '/data/loops/concat:x|y.mp4' });
  expect(args.ok && args.value.join(' ')).toContain(
    '-protocol_whitelist file -re -stream_loop -1 -i file:/data/loops/concat:x|y.mp4 -map 0:v:0 -an -c:v copy',
  );
  expect(argumentsOf({ kind: 'demo', loop: 'loops/a.mp4' })).toEqual({ ok: false, refusal: { code: 'cameras.loopNotAbsolute' } });
});

test('a camera is read over its transport, its address is one argument, and a bad address gives none', () => {
  const args = argumentsOf({ kind: 'rtsp', url: 'rtsp://10.0.0.1/live?channel=1&sub=0', transport: 'udp' });
  expect(args.ok && args.value).toEqual(
    expect.arrayContaining(['-rtsp_transport', 'udp', 'rtsp://10.0.0.1/live?channel=1&sub=0', 'pipe:1']),
  );
  expect(argumentsOf({ kind: 'rtsp', url: 'file:///etc/passwd', transport: 'tcp' })).toEqual({
    ok: false,
    refusal: { code: 'cameras.urlScheme' },
  });
});

test('nothing is ever transcoded or written to a disk', () => {
  const args = argumentsOf({ kind: 'rtsp', url: 'rtsp://10.0.0.1/live', transport: 'tcp' });
  const text = args.ok ? args.value.join(' ') : '';
  expect(text).toContain('-c:v copy');
  expect(text.endsWith('pipe:1')).toBe(true);
});
