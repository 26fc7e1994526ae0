import { describe, expect, test } from 'vitest';
import { parseRoomOptions } from './roomOptions.ts';

const parse = (line: string) => parseRoomOptions({ argv: line.split(' '), shells: ['kiosk', 'tab'] });

describe('the command line of a room', () => {
  test('a folder and a platform are enough', () => {
    expect(parse('--data data/room --platform http://127.0.0.1:8420')).toEqual({
      data: 'data/room',
      platform: 'http://127.0.0.1:8420',
      shell: 'kiosk',
      lang: 'zh',
      demoLogin: null,
      unsafeNoSandbox: false,
      pins: [],
      platformAuthority: null,
      basemap: null,
    });
  });

  test('everything that npm start passes on is understood', () => {
    const pin = `sha256/${'A'.repeat(43)}=`;
    const files = '--platform-ca ca.pem --basemap land.pmtiles';
    expect(
      parse(`--shell tab --data d --platform https://p.example --lang en --demo-login duty --unsafe-no-sandbox --pin ${pin} ${files}`),
    ).toEqual({
      data: 'd',
      platform: 'https://p.example',
      shell: 'tab',
      lang: 'en',
      demoLogin: 'duty',
      unsafeNoSandbox: true,
      pins: [pin],
      platformAuthority: 'ca.pem',
      basemap: 'land.pmtiles',
    });
  });

  test.each([
    ['--platform http://p', /--data/],
    ['--data d --platform file:///etc/passwd', /--platform/],
    ['--data d --platform http://p --shell electron', /--shell: this program knows kiosk and tab only/],
    ['--data d --platform http://p --lang fr', /--lang/],
    ['--data d --platform http://p --pin sha1/x', /--pin/],
    ['--data d --platform http://p --remote-debugging-port=1', /remote-debugging-port/],
  ])('%s is refused by name', (line, named) => {
    expect(() => parse(line)).toThrow(named);
  });
});
