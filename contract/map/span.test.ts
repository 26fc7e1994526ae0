import { expect, test } from 'vitest';
import { type DisplayKey, Tile } from '#contract/wall/index.ts';
import { pinnedContent } from './sharedView.ts';
import { spanContent, spanPart } from './span.ts';

const part = {
  spanId: 'span-1',
  displayKey: 'HDMI-2' as DisplayKey,
  left: 1940,
  top: 0,
  width: 1920,
  height: 1080,
  wide: 3860,
  high: 1080,
};

test('a part of a map comes back as it went into the scene, also beside what the map is pinned to', () => {
  const content = spanContent(part);
  expect(Tile.safeParse({ kind: 'map', content }).success).toBe(true);
  expect(spanPart(content)).toEqual(part);
  const camera = { center: [108.3, 33.3] as [number, number], zoom: 12, pitch: 40, bearing: 0, widthPx: 900, heightPx: 600 };
  const pinned = { ...content, ...pinnedContent({ camera, layers: { areas: true, heat: false } }) };
  expect(Tile.safeParse({ kind: 'map', content: pinned }).success).toBe(true);
  expect(spanPart(pinned)).toEqual(part);
});

test.each([
  ['nothing', {}],
  ['no numbers', { ...spanContent(part), part: 'left half' }],
  ['too few of them', { ...spanContent(part), part: '0 0 10 10' }],
  ['more than the whole', { ...spanContent(part), part: '1941 0 1920 1080 3860 1080' }],
  ['no width', { ...spanContent(part), part: '0 0 0 1080 3860 1080' }],
])('is a map of its own where its content says %s', (_, content) => {
  expect(spanPart(content)).toBeNull();
});
