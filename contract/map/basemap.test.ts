import { expect, test } from 'vitest';
import { basemapOrigins, parseBasemap, tileAddress } from './basemap.ts';

const tianditu = 'https://t0.tianditu.gov.cn/vec_w/wmts?LAYER=vec&TILEMATRIXSET=w&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk={key}';
const wmts = { kind: 'wmts', templates: [tianditu], key: 'abc123', attribution: '天地图' };
const codeOf = (value: unknown) => {
  const parsed = parseBasemap(value);
  return parsed.ok ? parsed.value.kind : parsed.refusal.code;
};

test('the four kinds of basemap are read', () => {
  const pictures = { url: 'https://tiles.example/land.pmtiles', tiles: 'pictures', attribution: '县' };
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
])('a basemap with %s is refused', (_, value, code) => {
  expect(codeOf(value)).toBe(code);
});

test('a refusal shows no key', () => {
  const parsed = parseBasemap({ ...wmts, templates: ['https://a.example/{z}/{x}?tk=secret'] });
  expect(JSON.stringify(parsed)).not.toContain('secret');
});
