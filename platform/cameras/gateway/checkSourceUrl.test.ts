import { expect, test } from 'vitest';
import { checkSourceUrl, privateNetworks } from './checkSourceUrl.ts';

const codeOf = (url: string, networks = privateNetworks) => {
  const checked = checkSourceUrl(url, { networks, schemes: ['rtsp', 'rtsps'] });
  return checked.ok ? 'opened' : checked.refusal.code;
};
const everywhere = { cidrs: ['0.0.0.0/0', '::/0'], loopback: 'refused' } as const;

test.each([
  'rtsp://10.20.30.40/Streaming/Channels/101',
  'rtsp://admin:p%40ss@192.168.1.64:554/h264/ch1/main?transportmode=unicast&profile=1',
  'RTSPS://172.16.5.5:322/live',
  'rtsp://[fd12:3456::9]/stream',
])('%s is a camera of the county', (url) => {
  expect(codeOf(url)).toBe('opened');
});

test.each([
  ['file:///etc/passwd', 'cameras.urlScheme'],
  ['exec:sleep', 'cameras.urlScheme'],
  ['concat:rtsp://10.0.0.1/a', 'cameras.urlScheme'],
  ['pipe:0', 'cameras.urlScheme'],
  ['http://10.0.0.1/video', 'cameras.urlScheme'],
  ['rtsp:10.0.0.1/video', 'cameras.urlScheme'],
  ['-f', 'cameras.urlScheme'],
  ['rtsp://10.0.0.1/a|concat:/etc/passwd', 'cameras.urlMalformed'],
  ['rtsp://10.0.0.1/a\r\nX-Admin: yes', 'cameras.urlMalformed'],
  ['rtsp://10.0.0.1/a%0d%0aX-Admin:yes', 'cameras.urlMalformed'],
  ['rtsp://a%00b:c@10.0.0.1/', 'cameras.urlMalformed'],
  ['rtsp://10.0.0.1/a;reboot', 'cameras.urlMalformed'],
  ['rtsp://10.0.0.1/`id`', 'cameras.urlMalformed'],
  ['rtsp://10.0.0.1/ a', 'cameras.urlMalformed'],
  ['rtsp://10.0.0.1:99999/', 'cameras.urlMalformed'],
  [`rtsp://10.0.0.1/${'a'.repeat(2000)}`, 'cameras.urlMalformed'],
  ['', 'cameras.urlMalformed'],
  ['rtsp:///stream', 'cameras.urlAddressNotLiteral'],
  ['rtsp://camera.example/stream', 'cameras.urlAddressNotLiteral'],
  ['rtsp://localhost/stream', 'cameras.urlAddressNotLiteral'],
  ['rtsp://2130706433/stream', 'cameras.urlAddressNotLiteral'],
  ['rtsp://0x7f.1/stream', 'cameras.urlAddressNotLiteral'],
  ['rtsp://8.8.8.8/stream', 'cameras.urlAddressNotConfigured'],
  ['rtsp://127.0.0.1/stream', 'cameras.urlAddressNotConfigured'],
  ['rtsp://10.0.0.1@127.0.0.1/stream', 'cameras.urlAddressNotConfigured'],
])('%j is refused with %s', (url, code) => {
  expect(codeOf(url)).toBe(code);
});

test.each([
  'rtsp://169.254.169.254/latest/meta-data',
  'rtsp://100.100.100.200/latest/meta-data',
  'rtsp://[::ffff:169.254.169.254]/latest',
  'rtsp://[fd00:ec2::254]/latest',
  'rtsp://[fe80::1]/stream',
  'rtsp://0.0.0.0/stream',
  'rtsp://[::]/stream',
  'rtsp://239.1.2.3/stream',
  'rtsp://127.0.0.1/stream',
  'rtsp://[::1]/stream',
  'rtsp://[::ffff:127.0.0.1]/stream',
])('%s is no camera even where every network is configured', (url) => {
  expect(codeOf(url, everywhere)).toBe('cameras.urlAddressNotConfigured');
});

test('loopback is opened only where it is allowed by name', () => {
  expect(codeOf('rtsp://127.0.0.1:8554/stream', { cidrs: [], loopback: 'allowed' })).toBe('opened');
  expect(codeOf('rtsp://127.0.0.1:8554/stream', { cidrs: ['127.0.0.0/8'], loopback: 'refused' })).toBe('cameras.urlAddressNotConfigured');
});
