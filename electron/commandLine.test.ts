import { describe, expect, test } from 'vitest';
import { refusedSwitches } from './commandLine.ts';

const ask = (line: string, options: { isPackaged?: boolean; allowedProxy?: string } = {}) =>
  refusedSwitches({ argv: line.split(' '), isPackaged: options.isPackaged ?? true, allowedProxy: options.allowedProxy ?? null });

describe('the switches for which the room does not start', () => {
  test.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '-remote-debugging-port=9222',
    '/remote-debugging-port=9222',
    '--Remote-Debugging-Port=9222',
    '--remote-debugging-pipe',
    '--disable-web-security',
    '--no-sandbox',
    '--ignore-certificate-errors',
    '--host-rules=MAP',
    '--host-resolver-rules=MAP',
    '--proxy-server=evil:1',
    '--proxy-pac-url=http://evil/',
    '--inspect=0.0.0.0:9229',
    '--inspect-brk',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
  ])('%s', (word) => {
    expect(ask(`--data d ${word} --platform http://p`)).toEqual([word]);
  });

  test('an ordinary start has none of them', () => {
    expect(ask('dist/electron/index.js --data /var/lib/room --platform https://p.example --lang zh --demo-login duty')).toEqual([]);
  });

  test('a development machine without a sandbox may say so', () => {
    expect([ask('--no-sandbox', { isPackaged: false }), ask('--no-sandbox', { isPackaged: true })]).toEqual([[], ['--no-sandbox']]);
  });

  test('the one proxy of the county’s policy is let through, another is not', () => {
    const policy = { allowedProxy: 'proxy.county:3128' };
    expect([ask('--proxy-server=proxy.county:3128', policy), ask('--proxy-server=evil:1', policy), ask('--proxy-server', policy)]).toEqual([
      [],
      ['--proxy-server=evil:1'],
      ['--proxy-server'],
    ]);
  });
});
