import { expect, test } from 'vitest';
import { isHlsTarget, parseHlsPath } from './hlsPath.ts';

test('playlists, init segments and segments of a camera have one path each', () => {
  expect(parseHlsPath('/media/hls/al-0007/sub/index.m3u8')).toEqual({
    cameraId: 'al-0007',
    quality: 'sub',
    isMasked: false,
    file: { kind: 'playlist' },
  });
  expect(parseHlsPath('/media/hls/al-0007/main/init-3.mp4')).toMatchObject({ quality: 'main', file: { kind: 'init', run: 3 } });
  expect(parseHlsPath('/media/hls/constructor/sub/seg-42.m4s')).toMatchObject({
    cameraId: 'constructor',
    file: { kind: 'segment', number: 42 },
  });
});

test('low-latency files: the playlist alone understands a query, and only that of its players', () => {
  const fileOf = (name: string) => parseHlsPath(`/media/hls/al-0007/sub/${name}`)?.file ?? null;
  expect(fileOf('live.m3u8')).toEqual({ kind: 'lowLatency', until: null });
  expect(fileOf('live.m3u8?_HLS_msn=12')).toEqual({ kind: 'lowLatency', until: { number: 12, part: null } });
  expect(fileOf('live.m3u8?_HLS_msn=12&_HLS_part=0')).toEqual({ kind: 'lowLatency', until: { number: 12, part: 0 } });
  expect(fileOf('part-12-3.m4s')).toEqual({ kind: 'part', number: 12, part: 3 });
  for (const name of ['live.m3u8?_HLS_part=1', 'live.m3u8?token=a', 'live.m3u8?_HLS_msn=-1', 'part-1.m4s', 'part-1-2.m4s?_HLS_msn=1']) {
    expect(fileOf(name)).toBeNull();
  }
});

test.each([
  '/media/hls',
  '/media/hls/',
  '/media/hls/../sub/index.m3u8',
  '/media/hls/..%2f..%2fetc/sub/index.m3u8',
  '/media/hls/al-0007/sub/..%2findex.m3u8',
  '/media/hls/al-0007/sub/..%5cindex.m3u8',
  '/media/hls/al-0007/sub/index.m3u8%00',
  '/media/hls/al-0007/sub/index.m3u8?token=abc',
  '/media/hls/al-0007/sub/index.m3u8#x',
  '/media/hls/al-0007/sub/index.m3u8/',
  '/media/hls/al-0007/sub//index.m3u8',
  '/media/hls/al-0007\\sub\\index.m3u8',
  '/media/hls/al-0007/hd/index.m3u8',
  '/media/hls/al-0007/sub/init-.mp4',
  '/media/hls/al-0007/sub/seg--1.m4s',
  '/media/hls/al-0007/sub/seg-1e9.m4s',
  '/media/hls/al-0007/sub/seg-99999999999.m4s',
  '/media/hls/__proto__/sub/index.m3u8',
  `/media/hls/${'a'.repeat(65)}/sub/index.m3u8`,
  '/media/hls/摄像机/sub/index.m3u8',
])('%s is under the route and names nothing', (target) => {
  expect([isHlsTarget(target), parseHlsPath(target)]).toEqual([true, null]);
});

test.each([
  '/',
  '/media',
  '/media/hlsx/al-0007/sub/index.m3u8',
  'http://169.254.169.254/media/hls/a/sub/index.m3u8',
  '//media/hls/a/sub/index.m3u8',
])('%s is not the gateway', (target) => {
  expect(isHlsTarget(target)).toBe(false);
});
