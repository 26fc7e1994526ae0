import { expect, test } from 'vitest';
import { decodeText } from './decodeText.ts';

const text = '名称,所属区域\n东门路口,城关镇\n';
/** 名称,number in GBK. */
const gbk = Uint8Array.of(0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0x31);

const wide = (marked: 'marked' | 'plain', order: 'le' | 'be') => {
  const bytes = Buffer.from(marked === 'marked' ? `\uFEFF${text}` : `name,${text}`, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
};

test.each([
  ['UTF-8', Buffer.from(text), { text, encoding: 'utf-8' }],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`), { text, encoding: 'utf-8' }],
  ['UTF-16 with a mark', wide('marked', 'le'), { text, encoding: 'utf-16le' }],
  ['UTF-16, the other way round', wide('marked', 'be'), { text, encoding: 'utf-16be' }],
  ['UTF-16 without a mark', wide('plain', 'le'), { text: `name,${text}`, encoding: 'utf-16le' }],
  ['GBK', gbk, { text: '名称,1', encoding: 'gb18030' }],
  ['nothing', new Uint8Array(), { text: '', encoding: 'utf-8' }],
])('%s is read as what it is', (_name, bytes, read) => {
  expect(decodeText(bytes)).toEqual({ ...read, replaced: 0 });
});

test('what no encoding can read is counted', () => {
  const { replaced, encoding } = decodeText(Uint8Array.of(0x61, 0xff, 0xff, 0x62));
  expect([encoding, replaced > 0]).toEqual(['gb18030', true]);
});
