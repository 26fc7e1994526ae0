import { describe, expect, test } from 'vitest';
import { parseEdid } from './edid.ts';
import { toPresentDisplays } from './presentDisplays.ts';
import { parseXrandr } from './xrandr.ts';

/** The first block of an EDID as hex, 32 digits a line as xrandr prints it: maker, product, serial number and, if any, serial text. */
function edidLines({ vendor, product, serial, text }: { vendor: string; product: number; serial: number; text?: string }): string[] {
  const bytes = Buffer.alloc(128);
  bytes.write('00ffffffffffff00', 0, 'hex');
  const letters = [...vendor].reduce((sum, letter) => sum * 32 + letter.charCodeAt(0) - 64, 0);
  bytes.writeUInt16BE(letters, 8);
  bytes.writeUInt16LE(product, 10);
  bytes.writeUInt32LE(serial, 12);
  bytes.writeUInt16BE(0x023a, 54); // a detailed timing, as in every monitor
  for (const offset of [72, 90, 108]) bytes[offset + 3] = 0x10; // empty descriptors
  if (text !== undefined) {
    bytes[75] = 0xff;
    bytes.write(`${text}\n`.padEnd(13, ' '), 77, 'latin1');
  }
  return bytes.toString('hex').match(/.{32}/g) ?? [];
}

/** Shape of `xrandr --verbose` by xrandr 1.5.1 on Xorg 21.1; mode lists shortened. */
function outputText({ line, edid }: { line: string; edid?: string[] }): string {
  const properties = ['\tIdentifier: 0x4e', '\tTimestamp:  2183424', '\tCRTC:       0'];
  if (edid !== undefined) properties.push('\tEDID: ', ...edid.map((hex) => `\t\t${hex}`));
  properties.push('\tnon-desktop: 0 ', '\t\tsupported: 0, 1', '  1920x1080 (0x56b) 148.500MHz *current +preferred');
  properties.push('        h: width  1920 start 2008 end 2052 total 2200 skew    0 clock  67.50KHz');
  return [line, ...properties].join('\n');
}

const screen = 'Screen 0: minimum 64 x 64, current 3840 x 2160, maximum 32767 x 32767';
const axes = '(normal left inverted right x axis y axis)';
const display = (outputs: { line: string; edid?: string[] }[]) =>
  toPresentDisplays({ outputs: parseXrandr([screen, ...outputs.map(outputText)].join('\n')), twins: new Set() });
const keysOf = (displays: ReturnType<typeof display>) => displays.map(({ displayKey, keySource }) => `${displayKey} ${keySource}`);

describe('reading the monitors of an X server', () => {
  test('recorded from Xorg with the dummy driver: a monitor that tells nothing is known by its connector', () => {
    const recorded = [
      screen,
      'DUMMY0 connected primary 1920x1080+0+0 (0x56b) normal (normal) 0mm x 0mm',
      '\tHEIGHT_MM: 0 ',
      '\t\trange: (0, 65535)',
      'DUMMY1 connected 1920x1080+1920+1080 (0x56b) normal (normal) 600mm x 340mm',
      'DUMMY2 connected',
      'DUMMY3 disconnected 1920x1080+0+1080 (0x56b) normal (normal) 0mm x 0mm',
      'DUMMY4 disconnected (normal)',
      '',
    ].join('\n');
    const same = { keySource: 'connector', widthPx: 1920, heightPx: 1080, scale: 1 };
    expect(toPresentDisplays({ outputs: parseXrandr(recorded), twins: new Set() })).toEqual([
      { ...same, displayKey: 'DUMMY0', connector: 'DUMMY0', x: 0, y: 0, widthMm: null, heightMm: null, isPrimary: true },
      { ...same, displayKey: 'DUMMY1', connector: 'DUMMY1', x: 1920, y: 1080, widthMm: 600, heightMm: 340, isPrimary: false },
    ]);
  });

  test('a monitor with an EDID is known by maker, product and serial, wherever it is plugged in', () => {
    const edid = edidLines({ vendor: 'DEL', product: 0xa0f1, serial: 77 });
    const line = (connector: string) => `${connector} connected 1920x1080+0+0 (0x56b) normal ${axes} 527mm x 296mm`;
    expect([...keysOf(display([{ line: line('DP-1'), edid }])), ...keysOf(display([{ line: line('HDMI-2'), edid }]))]).toEqual([
      'DEL-A0F1-77 edid',
      'DEL-A0F1-77 edid',
    ]);
  });

  test('a turned panel swaps its millimetres with its pixels', () => {
    const [turned] = display([{ line: `DP-1 connected primary 1080x1920+0+0 (0x56b) left ${axes} 527mm x 296mm` }]);
    expect(turned).toMatchObject({ widthPx: 1080, heightPx: 1920, widthMm: 296, heightMm: 527, isPrimary: true });
  });

  test('twins that share one serial are told apart by their connectors, also after one of them is unplugged', () => {
    const edid = edidLines({ vendor: 'HKC', product: 0x2401, serial: 4711 });
    const left = { line: `DP-1 connected 1920x1080+0+0 (0x56b) normal ${axes} 527mm x 296mm`, edid };
    const right = { line: `DP-2 connected 1920x1080+1920+0 (0x56b) normal ${axes} 527mm x 296mm`, edid };
    const twins = new Set<string>();
    const list = (outputs: (typeof left)[]) =>
      keysOf(toPresentDisplays({ outputs: parseXrandr(outputs.map(outputText).join('\n')), twins }));
    expect([list([left, right]), list([right])]).toEqual([
      ['HKC-2401-4711+DP-1 connector', 'HKC-2401-4711+DP-2 connector'],
      ['HKC-2401-4711+DP-2 connector'],
    ]);
  });

  test('a serial that the maker left empty is none: such a monitor needs its connector from the first day', () => {
    const edid = edidLines({ vendor: 'AOC', product: 0x2490, serial: 0x01010101 });
    expect(keysOf(display([{ line: `HDMI-1 connected 1920x1080+0+0 (0x56b) normal ${axes} 0mm x 0mm`, edid }]))).toEqual([
      'AOC-2490+HDMI-1 connector',
    ]);
  });

  test('of two connectors that show the same place only one is a display, the primary one', () => {
    const at = (head: string) => ({ line: `${head} 1920x1080+0+0 (0x56b) normal ${axes} 527mm x 296mm` });
    expect(keysOf(display([at('HDMI-1 connected'), at('DP-1 connected primary')]))).toEqual(['DP-1 connector']);
  });

  test('a serial written as text wins over the number, without what a key cannot hold', () => {
    const hex = edidLines({ vendor: 'DEL', product: 0xa0f1, serial: 77, text: 'CN 0/7X' }).join('');
    expect(parseEdid(hex)).toEqual({ vendor: 'DEL', product: 'A0F1', serial: 'CN_0_7X' });
  });

  test('a broken or foreign EDID is no identity', () => {
    expect([parseEdid(''), parseEdid('00ffffffffffff0010ac'), parseEdid('ff'.repeat(128))]).toEqual([null, null, null]);
  });

  test('whatever the server says, nothing but displays comes out', () => {
    expect([parseXrandr(''), parseXrandr("Can't open display"), parseXrandr('DP-1 connected 1x'), parseXrandr('\0')]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });
});
