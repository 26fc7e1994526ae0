import { expect, test } from 'vitest';
import { parseHex, wallLight } from './colors.ts';

test('a colour of a theme is read as tokens.css has it, and as a built window has it: shortened', () => {
  expect([parseHex('#ff0080'), parseHex(' #000'), parseHex('#0F8')]).toEqual([
    [1, 0, 128 / 255],
    [0, 0, 0],
    [0, 1, 136 / 255],
  ]);
});

test('whatever else stands there is a mistake that is said', () => {
  for (const wrong of ['', '#12', '#12345', 'black', '#ff008080']) expect(() => parseHex(wrong)).toThrow('not a colour of the tokens');
});

test('walls are in shadow where the room is dim; where it is bright they stay nearly as light as what they carry', () => {
  expect([wallLight({ ground: [0.05, 0.07, 0.09] }), wallLight({ ground: [0.91, 0.93, 0.95] })]).toEqual([
    [0.28, 0.72],
    [0.74, 0.92],
  ]);
});
