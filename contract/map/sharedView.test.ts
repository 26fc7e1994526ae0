import { expect, test } from 'vitest';
import { type MapCamera, MapLook, pinnedContent, pinnedLook, unpinnedContent, zoomIn } from './sharedView.ts';

const camera: MapCamera = { center: [108.5, 33.2], zoom: 11.5, pitch: 48, bearing: -12, widthPx: 960, heightPx: 540 };

test('a display of another size shows the same land: twice as wide and high is one zoom more, the narrower side decides', () => {
  expect([
    zoomIn(camera, { widthPx: 960, heightPx: 540 }),
    zoomIn(camera, { widthPx: 3840, heightPx: 2160 }),
    zoomIn(camera, { widthPx: 3840, heightPx: 540 }),
    zoomIn(camera, { widthPx: 0, heightPx: 0 }),
  ]).toEqual([11.5, 13.5, 11.5, 11.5]);
});

test('a pinned look comes back from the content of its tile with its layers; a tile without one follows', () => {
  const layers = { areas: true, cameras: false };
  expect(pinnedLook(pinnedContent({ camera, layers }))).toEqual({ camera, layers });
  expect(pinnedLook({ ...pinnedContent({ camera, layers: {} }), part: 'left' })).toEqual({ camera, layers: {} });
  expect([pinnedLook({}), pinnedLook({ ...pinnedContent({ camera, layers }), zoom: 'near' })]).toEqual([null, null]);
});

test('a look that was pinned before layers were kept says nothing of them, and what is no name of a layer is none', () => {
  const { shown: _, hidden: __, ...older } = pinnedContent({ camera, layers: {} });
  expect([pinnedLook(older), pinnedLook({ ...older, shown: 'areas <b>', hidden: '' })]).toEqual([
    { camera, layers: null },
    { camera, layers: null },
  ]);
});

test('a tile that follows again keeps whatever else it holds', () => {
  expect(unpinnedContent({ part: 'left', ...pinnedContent({ camera, layers: { areas: true } }) })).toEqual({ part: 'left' });
});

test.each([
  ['axes swapped', { center: [33, 108] }],
  ['no number', { zoom: Number.NaN }],
  ['a bearing of ten turns', { bearing: 3_600 }],
])('a look with %s is none', (_, wrong) => {
  expect(MapLook.safeParse({ camera, layers: {}, chosen: null }).success).toBe(true);
  expect(MapLook.safeParse({ camera: { ...camera, ...wrong }, layers: {}, chosen: null }).success).toBe(false);
});

const circle = { kind: 'circle', at: [108.5, 33.2], radiusM: 800 };
test.each([
  ['a circle around a person', { area: circle, anchor: { kind: 'responder', index: 3 } }, true],
  [
    'a lasso',
    {
      area: {
        kind: 'lasso',
        ring: [
          [108, 33],
          [108.1, 33],
          [108.1, 33.1],
        ],
      },
      anchor: null,
    },
    true,
  ],
  ['a circle as wide as a continent', { area: { ...circle, radiusM: 5e6 }, anchor: null }, false],
  [
    'a lasso of two corners',
    {
      area: {
        kind: 'lasso',
        ring: [
          [108, 33],
          [108.1, 33],
        ],
      },
      anchor: null,
    },
    false,
  ],
  ['a group of cameras to go with', { area: circle, anchor: { kind: 'group' } }, false],
])('%s is a selection: %j %s', (_, selection, isOne) => {
  expect(MapLook.safeParse({ camera, layers: {}, chosen: null, selection }).success).toBe(isOne);
});
