import { expect, test } from 'vitest';
import { type MapCamera, MapLook, pinnedCamera, pinnedContent, zoomIn } from './sharedView.ts';

const camera: MapCamera = { center: [108.5, 33.2], zoom: 11.5, pitch: 48, bearing: -12, widthPx: 960, heightPx: 540 };

test('a display of another size shows the same land: twice as wide and high is one zoom more, the narrower side decides', () => {
  expect([
    zoomIn(camera, { widthPx: 960, heightPx: 540 }),
    zoomIn(camera, { widthPx: 3840, heightPx: 2160 }),
    zoomIn(camera, { widthPx: 3840, heightPx: 540 }),
    zoomIn(camera, { widthPx: 0, heightPx: 0 }),
  ]).toEqual([11.5, 13.5, 11.5, 11.5]);
});

test('a pinned camera comes back from the content of its tile; a tile without one follows', () => {
  expect(pinnedCamera(pinnedContent(camera))).toEqual(camera);
  expect([pinnedCamera({}), pinnedCamera({ ...pinnedContent(camera), zoom: 'near' })]).toEqual([null, null]);
});

test.each([
  ['axes swapped', { center: [33, 108] }],
  ['no number', { zoom: Number.NaN }],
  ['a bearing of ten turns', { bearing: 3_600 }],
])('a look with %s is none', (_, wrong) => {
  expect(MapLook.safeParse({ camera, layers: {}, chosen: null }).success).toBe(true);
  expect(MapLook.safeParse({ camera: { ...camera, ...wrong }, layers: {}, chosen: null }).success).toBe(false);
});
