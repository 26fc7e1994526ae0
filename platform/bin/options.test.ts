import { expect, test } from 'vitest';
import { parsePlatformOptions } from './options.ts';

test('the command line as npm start writes it', () => {
  expect(parsePlatformOptions(['--data', '/d', '--port', '0', '--demo', '--scale', 'prefecture', '--cache', '/c'])).toMatchObject({
    ...{ dataFolder: '/d', cacheFolder: '/c', host: '127.0.0.1', port: 0, mode: 'demo', scale: 'prefecture', ffmpeg: 'ffmpeg' },
  });
});

test("without options a real platform on this machine's port 7080", () => {
  expect(parsePlatformOptions([])).toMatchObject({ host: '127.0.0.1', port: 7080, mode: 'normal' });
});

test('cameras send by RTMP, and are believed by a signature, only where it is asked for', () => {
  expect(parsePlatformOptions([])).toMatchObject({ rtmpPort: null, cameraAuthorities: null, transcodingCores: null });
  expect(parsePlatformOptions(['--transcoding-cores', '1.5'])).toMatchObject({ transcodingCores: 1.5 });
  expect(parsePlatformOptions(['--rtmp-port', '1935', '--camera-ca', '/c/ca.pem'])).toMatchObject({
    rtmpPort: 1935,
    cameraAuthorities: '/c/ca.pem',
  });
});

test.each([
  [['--port', '70000'], '--port must be 0 to 65535'],
  [['--transcoding-cores', 'all'], '--transcoding-cores must be a number of cores'],
  [['--rtmp-port', 'rtmp'], '--rtmp-port must be 0 to 65535'],
  [['--scale', 'village'], '--scale must be county or prefecture'],
  [['--county-id', '../x'], '--county-id must be letters'],
  [['--time-zone', 'Mars/Olympus'], '--time-zone must be an IANA name'],
  [['--prot', '1'], "Unknown option '--prot'"],
])('%j is refused with a sentence', (argv, sentence) => {
  expect(() => parsePlatformOptions(argv)).toThrow(sentence);
});

test('help is answered before anything is checked', () => {
  expect(parsePlatformOptions(['--help', '--port', 'x'])).toBe('help');
});
