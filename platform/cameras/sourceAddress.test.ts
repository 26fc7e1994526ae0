import { expect, test } from 'vitest';
import { privateNetworks } from './gateway/index.ts';
import { checkSourceAddress, playersOf, sourceFrom } from './sourceAddress.ts';

const told = (address: string) => {
  const checked = checkSourceAddress(address, privateNetworks);
  return checked.ok ? checked.value : checked.refusal.code;
};

test.each([
  ['rtsp://admin:a@10.0.0.1/live', 'rtsp'],
  [`rtsps://10.0.0.1/live#sha256=${'ab'.repeat(32)}`, 'rtsp'],
  ['http://10.0.0.1:8080/live/cam1/index.m3u8?token=a', 'hls'],
  ['https://10.0.0.1/live/cam1.M3U8', 'hls'],
  ['http://10.0.0.1:8889/cam1/whep', 'whep'],
  ['http://10.0.0.1/index/api/whep?app=live&stream=a', 'whep'],
  ['onvif://admin:a@10.0.0.1', 'onvif'],
  ['onvif://10.0.0.1:8000', 'onvif'],
  ['http://admin:a@10.0.0.1/onvif/device_service', 'onvif'],
  ['http://10.0.0.1', 'onvif'],
  ['rtmp-in:drone-07-9f3kq2', 'rtmp'],
])('%s is a source of kind %s', (address, kind) => {
  expect(told(address)).toBe(kind);
  expect(sourceFrom({ url: address, transport: 'tcp' })?.kind).toBe(kind);
});

test.each([
  ['rtmp://10.0.0.1/live/a', 'cameras.urlRtmp'],
  ['rtmp-in:short', 'cameras.urlStreamKey'],
  ['rtmp-in:../../etc/passwd-and-more', 'cameras.urlStreamKey'],
  ['rtmp-in:a key with spaces', 'cameras.urlStreamKey'],
  ['rtmp-in:long-enough-key\n', 'cameras.urlStreamKey'],
  ['http://10.0.0.1/video.mjpeg', 'cameras.urlKind'],
  ['http://169.254.169.254/latest/index.m3u8', 'cameras.urlAddressNotConfigured'],
  ['http://127.0.0.1/a.m3u8', 'cameras.urlAddressNotConfigured'],
  ['http://camera.example/a.m3u8', 'cameras.urlAddressNotLiteral'],
  ['onvif://camera.example', 'cameras.urlAddressNotLiteral'],
  ['http://10.0.0.1/a.m3u8\r\nHost: b', 'cameras.urlMalformed'],
  ['http://10.0.0.1/a.m3u8;reboot', 'cameras.urlMalformed'],
  ['file:///etc/passwd', 'cameras.urlScheme'],
  ['exec:reboot', 'cameras.urlScheme'],
  ['ftp://10.0.0.1/a.m3u8', 'cameras.urlScheme'],
  ['', 'cameras.urlMalformed'],
])('%j is refused with %s', (address, code) => {
  expect(told(address)).toBe(code);
});

test('only a window itself plays what speaks WHEP', () => {
  expect([playersOf('whep'), playersOf('hls'), playersOf('demo')]).toEqual([['whep'], ['push', 'hls'], ['push', 'hls']]);
});
