import { expect, test } from 'vitest';
import { basemapOrigins, parseBasemap, tileAddress } from './basemap.ts';

const tianditu = 'https://t0.tianditu.gov.cn/vec_w/wmts?LAYER=vec&TILEMATRIXSET=w&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}';
const wmts = { kind: 'wmts', templates: [tianditu], key: 'abc123', attribution: '天地图' };
const ownTiles = { kind: 'wmts', templates: ['https://tiles.example/{z}/{x}/{y}.png'], key: null, attribution: '县', datum: 'CGCS2000' };
const ownFile = { kind: 'tileJson', url: 'https://tiles.example/land.json', tiles: 'pictures', attribution: '县', datum: 'WGS84' };
const amap = 'https://webrd01.is.autonavi.com/appmaptile?x={x}&y={y}&z={z}&k={key}';
const codeOf = (value: unknown) => {
  const parsed = parseBasemap(value);
  return parsed.ok ? parsed.value.kind : parsed.refusal.code;
};

test('the four kinds of basemap are read', () => {
  const pictures = { url: 'https://tiles.example/land.pmtiles', tiles: 'pictures', attribution: '县', datum: 'WGS84' };
  expect([{ kind: 'pack' }, { kind: 'pmtiles', ...pictures }, { kind: 'tileJson', ...pictures }, wmts].map(codeOf)).toEqual([
    'pack',
    'pmtiles',
    'tileJson',
    'wmts',
  ]);
});

test('the key goes into the address of a tile and the origins are named without it', () => {
  const parsed = parseBasemap(wmts);
  if (!parsed.ok || parsed.value.kind !== 'wmts') throw new Error('not read');
  const { templates, key } = parsed.value;
  expect([tileAddress({ template: templates[0] ?? '', key, z: 9, x: 409, y: 205 }), basemapOrigins(parsed.value)]).toEqual([
    'https://t0.tianditu.gov.cn/vec_w/wmts?LAYER=vec&TILEMATRIXSET=w&TILEMATRIX=9&TILEROW=205&TILECOL=409&tk=abc123',
    ['https://t0.tianditu.gov.cn'],
  ]);
  expect(basemapOrigins({ kind: 'pack' })).toEqual([]);
});

test.each([
  ['a layer in degrees', { ...wmts, templates: [tianditu.replace('vec_w', 'vec_c')] }, 'map.basemapOtherProjection'],
  ['a matrix set in degrees', { ...wmts, templates: [tianditu.replace('SET=w', 'SET=c')] }, 'map.basemapOtherProjection'],
  ['no key where one is asked', { ...wmts, key: null }, 'map.basemapKeyMissing'],
  ['no key and no place for one', { ...wmts, templates: [tianditu.replace('&tk={key}', '')], key: null }, 'map.basemapKeyMissing'],
  ['a key without a place', { ...wmts, templates: ['https://a.example/{z}/{x}/{y}.png'] }, 'map.basemapKeyUnused'],
  ['no place for the row', { ...wmts, templates: [tianditu.replace('{y}', '7')] }, 'map.basemapNoPlaces'],
  ['a file of this machine', { kind: 'pmtiles', url: 'file:///etc/passwd', tiles: 'vector', attribution: 'x' }, 'map.basemapAddress'],
  ['a script', { kind: 'tileJson', url: 'javascript:alert(1)', tiles: 'vector', attribution: 'x' }, 'map.basemapAddress'],
  ['a password in it', { kind: 'tileJson', url: 'https://a:b@c.example/t', tiles: 'vector', attribution: 'x' }, 'map.basemapAddress'],
  ['a kind that nobody knows', { kind: 'constructor' }, 'map.basemapUnreadable'],
  ['coordinates that nobody has named', { ...ownTiles, datum: undefined }, 'map.basemapDatumMissing'],
  ['coordinates that nobody has named, of a file', { ...ownFile, datum: undefined }, 'map.basemapDatumMissing'],
  ['coordinates that nobody knows', { ...ownTiles, datum: 'Beijing54' }, 'map.basemapUnreadable'],
  ['shifted coordinates', { ...ownTiles, datum: 'GCJ02' }, 'map.basemapShifted'],
  ['coordinates shifted twice', { ...ownFile, datum: 'BD09' }, 'map.basemapShifted'],
  ['a server that is known to be shifted, whatever is said of it', { ...wmts, templates: [amap], datum: 'WGS84' }, 'map.basemapShifted'],
])('a basemap with %s is refused', (_, value, code) => {
  expect(codeOf(value)).toBe(code);
});

test('what is declared to lie in place is drawn, and what only ends like the name of a shifted server is another', () => {
  const near = { ...ownTiles, templates: ['https://notamap.com/{z}/{x}/{y}.png', 'https://amap.com.example/{z}/{x}/{y}.png'] };
  expect([ownTiles, ownFile, near].map(codeOf)).toEqual(['wmts', 'tileJson', 'wmts']);
  const shifted = parseBasemap({
    ...ownTiles,
    templates: ['https://tiles.example/{z}/{x}/{y}', 'https://maponline0.bdimg.com/{z}/{x}/{y}'],
  });
  expect(shifted).toMatchObject({ refusal: { params: { address: 'https://maponline0.bdimg.com/{z}/{x}/{y}', datum: 'BD-09' } } });
});

test('a refusal shows no key', () => {
  const parsed = parseBasemap({ ...wmts, templates: ['https://a.example/{z}/{x}?tk=secret'] });
  expect(JSON.stringify(parsed)).not.toContain('secret');
});
