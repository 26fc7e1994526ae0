import { expect, test } from 'vitest';
import { shiftAt } from './shift.ts';

const zone = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);

test('the shift changes at eight and at twenty of the county, wherever the desk is', () => {
  expect(shiftAt(at('2026-11-22T07:59:59'), zone)).toEqual({ name: 'night', nextAt: '08:00' });
  expect(shiftAt(at('2026-11-22T08:00:00'), zone)).toEqual({ name: 'day', nextAt: '20:00' });
  expect(shiftAt(at('2026-11-22T19:59:59'), zone)).toEqual({ name: 'day', nextAt: '20:00' });
  expect(shiftAt(at('2026-11-22T20:00:00'), zone)).toEqual({ name: 'night', nextAt: '08:00' });
  expect(shiftAt(at('2026-11-22T00:00:00'), zone)).toEqual({ name: 'night', nextAt: '08:00' });
});
