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

test('encrypts with the county’s own authority, or with what the county has', () => {
  expect(parsePlatformOptions([])).toMatchObject({ tls: null, publicHost: null, plainHttp: 'refused' });
  expect(parsePlatformOptions(['--tls', '--host', '0.0.0.0', '--public-host', 'platform.county'])).toMatchObject({
    tls: { kind: 'own' },
    publicHost: 'platform.county',
  });
  expect(parsePlatformOptions(['--tls-cert', '/c', '--tls-key', '/k', '--tls-ca', '/a'])).toMatchObject({
    tls: { kind: 'county', files: { certificate: '/c', key: '/k', authority: '/a' } },
  });
});

test.each([
  [['--tls-cert', '/c'], '--tls-cert, --tls-key and --tls-ca belong together'],
  [['--tls', '--host', '0.0.0.0'], 'say with --public-host what desks call this platform'],
  [['--public-host', 'a b'], '--public-host must be a host name'],
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
