import { expect, test } from 'vitest';
import { PackManifest, packFiles } from '#contract/map/index.ts';
import { themeNames } from '#renderer/look/themes.ts';
import { buildMapStyle } from './buildMapStyle.ts';
import { firstLabelLayer } from './labelLayers.ts';

const hash = 'b'.repeat(64);
const pack = PackManifest.parse({
  ...{ format: 'commandwall-county-pack', version: 1, countyId: 'anlan', name: '安澜县', nameEn: 'Anlan County' },
  ...{ bounds: [108, 33, 109, 34], attribution: { zh: '虚构的县', en: 'invented county' }, zooms: { base: [7, 15], terrain: [7, 12] } },
  ...{ files: Object.values(packFiles).map((name) => ({ name, bytes: 1, sha256: hash })), contentHash: hash },
});
const addresses = (style: object) => [...JSON.stringify(style).matchAll(/[a-z]+:\/\/[^"]*/g)].map(([address]) => address);

test("every theme and language has the same layers, each once, and names one source of the window's own origin after the other", () => {
  const looks = themeNames.flatMap((theme) => (['zh', 'en'] as const).map((language) => buildMapStyle({ theme, language, pack })));
  const layers = looks.map((style) => style.layers.map(({ id }) => id).join(' '));
  expect([new Set(layers).size, new Set(looks[0]?.layers.map(({ id }) => id)).size]).toEqual([1, looks[0]?.layers.length]);
  const expected = [`pmtiles:///map/pack/${hash}/base.pmtiles`, `pmtiles:///map/pack/${hash}/terrain.pmtiles`];
  expect(looks.map(addresses)).toEqual(looks.map(() => expected));
  expect(looks.every((style) => style.glyphs === undefined && style.sprite === undefined)).toBe(true);
});

test('themes differ in colour and languages in the name that is asked for first', () => {
  const colours = themeNames.map((theme) => JSON.stringify(buildMapStyle({ theme, language: 'zh', pack })));
  expect(new Set(colours).size).toBe(themeNames.length);
  expect(JSON.stringify(buildMapStyle({ theme: 'dim', language: 'en', pack }))).toContain(
    '["coalesce",["get","name_en"],["get","name_zh"]]',
  );
});

test('names are the highest layers, so that what is put below the first of them covers none', () => {
  const layers = buildMapStyle({ theme: 'dim', language: 'zh', pack }).layers;
  const first = layers.findIndex(({ id }) => id === firstLabelLayer);
  expect(layers.map(({ type }) => type === 'symbol')).toEqual(layers.map((_, index) => index >= first));
});

test('without a pack only the ground is drawn, and nothing is asked for', () => {
  const style = buildMapStyle({ theme: 'bright', language: 'zh', pack: null });
  expect([style.layers.map(({ id }) => id), style.sources]).toEqual([['ground'], {}]);
});

const sheet = { zooms: [1, 18], bounds: null, tileSize: 256, rows: 'fromNorth' } as const;

test('a chosen ground takes the place of the land, borders and names of the pack stay above it, and no address of it stands in the style', () => {
  const style = buildMapStyle({ theme: 'dim', language: 'zh', pack, ground: { kind: 'pictures', sheets: [sheet, sheet] } });
  const ids = style.layers.map(({ id }) => id);
  expect(ids.slice(0, 4)).toEqual(['ground', 'ground-1', 'ground-2', 'border-grid']);
  expect([ids.includes('land-county'), ids.includes('names-towns'), ids.includes('road-national')]).toEqual([false, true, false]);
  expect(addresses(style).filter((address) => !address.startsWith('pmtiles'))).toEqual([
    'ground://0/{z}/{x}/{y}',
    'ground://1/{z}/{x}/{y}',
  ]);
});

test('a ground that has not come leaves borders and names; shapes of others are drawn with the layers of the pack', () => {
  const without = buildMapStyle({ theme: 'dim', language: 'zh', pack, ground: { kind: 'pictures', sheets: [] } });
  expect(without.layers.slice(0, 2).map(({ id }) => id)).toEqual(['ground', 'border-grid']);
  const shapes = buildMapStyle({
    theme: 'dim',
    language: 'zh',
    pack,
    ground: { kind: 'vector', sheets: [{ ...sheet, rows: 'fromSouth' }] },
  });
  const roads = shapes.layers.find(({ id }) => id === 'road-national');
  expect([roads !== undefined && 'source' in roads && roads.source, shapes.sources['ground-1']]).toEqual([
    'ground-1',
    {
      type: 'vector',
      tiles: ['ground://0/{z}/{x}/{y}'],
      minzoom: 1,
      maxzoom: 18,
      scheme: 'tms',
      bounds: [-180, -85.051129, 180, 85.051129],
    },
  ]);
});

test('for a wall that is read from afar every name is as much larger, with its halo and its room, every border as much wider, and the land is as it was', () => {
  const of = (scale: number) => buildMapStyle({ theme: 'dim', language: 'zh', pack, scale });
  const names = (scale: number) => of(scale).layers.filter(({ type }) => type === 'symbol');
  const sizes = (scale: number) => names(scale).map((layer) => JSON.stringify(layer.type === 'symbol' && layer.layout?.['text-size']));
  expect(sizes(1).length).toBeGreaterThan(5);
  expect(sizes(1)).toContain('["interpolate",["linear"],["zoom"],7,13,15,20]');
  expect(sizes(2)).toContain('["interpolate",["linear"],["zoom"],7,26,15,40]');
  expect(sizes(2)).toContain('22');
  const town = (scale: number) =>
    of(scale).layers.flatMap((layer) => (layer.id === 'border-town' && layer.type === 'line' ? [layer.paint?.['line-width']] : []));
  expect([town(1), town(3)]).toEqual([
    [['interpolate', ['linear'], ['zoom'], 8, 0.8, 15, 2.4]],
    [['interpolate', ['linear'], ['zoom'], 8, 2.4000000000000004, 15, 7.199999999999999]],
  ]);
  const rest = (scale: number) => of(scale).layers.filter(({ type, id }) => type !== 'symbol' && !id.startsWith('border-'));
  expect(rest(2)).toEqual(rest(1));
  expect(of(1)).toEqual(buildMapStyle({ theme: 'dim', language: 'zh', pack }));
});
