import { describe, expect, test } from 'vitest';
import { layouts } from '#contract/wall/index.ts';
import { areNamesShown, fitLabel, fitLines, labelSizePx, textEm } from './labelFit.ts';

describe('the size of wall text', () => {
  test('is a glyph of 29 mm at five metres, whatever the panel', () => {
    const heightMm = 680;
    const sizePx = labelSizePx({ heightPx: 2160, heightMm, viewingDistanceMm: 5000 });
    expect((sizePx * heightMm) / 2160).toBeCloseTo(29.1, 1);
  });

  test('is that for four panel heights when no distance is known, with or without a panel size', () => {
    expect(labelSizePx({ heightPx: 2160, heightMm: 680, viewingDistanceMm: null })).toBeCloseTo(50.3, 1);
    expect(labelSizePx({ heightPx: 1080, heightMm: null, viewingDistanceMm: null })).toBeCloseTo(25.1, 1);
  });

  test('never falls below what can be read on a small window', () => {
    expect(labelSizePx({ heightPx: 300, heightMm: null, viewingDistanceMm: null })).toBe(13);
  });
});

describe('what a label shows', () => {
  const words = { place: '1.4', number: '0107', name: '国道 210 东口收费站', state: '实况' };

  test('is everything where there is room', () => {
    expect(fitLabel({ ...words, widthPx: 1280, sizePx: 50 })).toBe('all');
  });

  test('is the name without the number where eight glyphs of it fit', () => {
    expect(fitLabel({ ...words, widthPx: 960, sizePx: 50 })).toBe('name');
  });

  test('falls back to numbers where eight glyphs do not fit', () => {
    expect(fitLabel({ ...words, widthPx: 480, sizePx: 50 })).toBe('numbers');
  });

  test('counts wide glyphs whole and digits a little over half', () => {
    expect(textEm('实况')).toBe(2);
    expect(textEm('1.4')).toBeCloseTo(1.74);
  });
});

describe('what is said over a picture', () => {
  const gone = [
    ['最后画面 11:08:16'],
    ['运维：电信 李工 ☎ 0000-5550199', '电信 李工 ☎ 0000-5550199', '☎ 0000-5550199'],
    ['已报修 0041-1123-1100'],
  ];
  const sizePx = labelSizePx({ heightPx: 2160, heightMm: null, viewingDistanceMm: null });
  const saidIn = (columns: number, lines: readonly (readonly string[])[] = gone) =>
    fitLines({ lines, hasBadge: true, widthPx: 3840 / columns, sizePx });

  test('is everything where its rows lie between badge and label, also where they wrap', () => {
    expect([saidIn(1), saidIn(4), saidIn(5)]).toEqual(Array.from({ length: 3 }, () => gone.map(([longest]) => longest)));
  });

  test('is said shorter in the smallest tiles, so that no words lie over words', () => {
    expect(saidIn(6)).toEqual(['最后画面 11:08:16', '☎ 0000-5550199', '已报修 0041-1123-1100']);
    expect(saidIn(6, [['无最后画面', ''], ...gone.slice(1)])).toEqual(['电信 李工 ☎ 0000-5550199', '已报修 0041-1123-1100']);
  });

  test('wraps words as they are drawn: behind spaces that do not hold together and behind marks, a name in one piece', () => {
    const full = [['Needs transcoding, and there is no room left'], ['Code cameras.transcodingFull']];
    const said = (lines: readonly (readonly string[])[]) => fitLines({ lines, hasBadge: false, widthPx: 640, sizePx });
    expect(said(full)).toEqual(full.flat());
    expect(said([...full, ['too much']])).toEqual(full.flat());
    // Broken before the telephone: two rows.
    const helped = ['电信 李工 ☎\u00a00000-5550199'];
    expect(said([helped, ['one row'], ['another']])).toHaveLength(3);
    expect(said([helped, ...full])).toHaveLength(2);
  });

  test('ends where there is no room, the first words first', () => {
    expect([saidIn(8), saidIn(20)]).toEqual([['最后画面 11:08:16'], []]);
    expect(fitLines({ lines: [], hasBadge: false, widthPx: 640, sizePx })).toEqual([]);
  });
});

test('a layout tells before it is chosen whether names of eight glyphs are shown: what is true of a display is true of one twice its size', () => {
  const shownOn = (widthPx: number, heightPx: number) => layouts.filter((layout) => areNamesShown({ layout, widthPx, heightPx }));
  expect(shownOn(3840, 2160)).toEqual(shownOn(1920, 1080));
  expect([shownOn(3840, 2160).includes(16), shownOn(3840, 2160).includes(25), shownOn(3840, 2160).includes(36)]).toEqual([
    true,
    false,
    false,
  ]);
  // One that stands upright has no room in four columns.
  expect(shownOn(1080, 1920).includes(16)).toBe(false);
});
