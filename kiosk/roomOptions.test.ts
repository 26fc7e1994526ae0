import { describe, expect, test } from 'vitest';
import { parseRoomOptions } from './roomOptions.ts';

describe('the command line of a room', () => {
  test('a folder and a platform are enough', () => {
    expect(parseRoomOptions(['--data', 'data/room', '--platform', 'http://127.0.0.1:8420'])).toEqual({
      data: 'data/room',
      platform: 'http://127.0.0.1:8420',
      shell: 'kiosk',
      lang: 'zh',
      'unsafe-no-sandbox': false,
    });
  });

  test('everything that npm start passes on is understood', () => {
    const argv = '--shell tab --data d --platform https://p.example --lang en --demo-login duty --unsafe-no-sandbox'.split(' ');
    expect(parseRoomOptions(argv)).toEqual({
      data: 'd',
      platform: 'https://p.example',
      shell: 'tab',
      lang: 'en',
      'demo-login': 'duty',
      'unsafe-no-sandbox': true,
    });
  });

  test.each([
    [['--platform', 'http://p'], /--data/],
    [['--data', 'd', '--platform', 'file:///etc/passwd'], /--platform/],
    [['--data', 'd', '--platform', 'http://p', '--shell', 'electron'], /--shell/],
    [['--data', 'd', '--platform', 'http://p', '--remote-debugging-port=1'], /remote-debugging-port/],
  ])('%j is refused by name', (argv, named) => {
    expect(() => parseRoomOptions(argv)).toThrow(named);
  });
});
