import { expect, test } from 'vitest';
import { decideDrawing, DrawingCommand, parseBasemap, readManifest } from '#contract/map/index.ts';
import { CountyId, type LngLat, PersonId, RegionId, type Result } from '#contract/values/index.ts';
import { openWords, refusalText } from '../language/index.ts';

const bowTie: LngLat[] = [
  [108, 33],
  [108.1, 33.1],
  [108.1, 33],
  [108, 33.1],
];
const around: LngLat[] = [
  [-179, 33],
  [110, 33],
];

function drawn(kind: 'area' | 'arrow', points: LngLat[]): Result<unknown> {
  const regionId = RegionId.parse('g-1');
  const id = '01890000-0000-7000-8000-000000000001';
  const command = DrawingCommand.parse({ type: 'map.draw', id, regionId, hours: 2, shape: { kind, points, text: null } });
  const territory = { regionId, townId: null, villageId: null };
  return decideDrawing(new Map(), { command, territory, by: PersonId.parse('wang'), nowMs: 0, mayClear: false, holds: () => true });
}

const tiles = { kind: 'wmts', templates: ['https://tiles.example/{z}/{x}/{y}.png?n=1'], key: null, attribution: '县' };
const manifest = { format: 'commandwall-county-pack', bounds: [33, 108, 34, 109] };

/** What the deciding code really answers, as people read it. */
const cases: readonly (readonly [what: string, answer: () => Result<unknown>, zh: string, en: string])[] = [
  ['an area that crosses itself', () => drawn('area', bowTie), '区域的边线自相交叉', "The area's border crosses itself"],
  ['a line around the earth', () => drawn('arrow', around), '标绘跨过了 180° 经线', 'The drawing goes over the 180th meridian'],
  ['an arrow of one place', () => drawn('arrow', [bowTie[0]!, bowTie[0]!]), '至少需要 2 个点', 'at least 2'],
  [
    'a basemap without coordinates',
    () => parseBasemap(tiles),
    'https://tiles.example/{z}/{x}/{y}.png 没有说明坐标系',
    'does not say its coordinates',
  ],
  [
    'a shifted basemap',
    () => parseBasemap({ ...tiles, datum: 'GCJ02' }),
    '是 GCJ-02 坐标，与实地相差几百米',
    'is in GCJ-02, hundreds of metres beside the ground',
  ],
  ['a basemap shifted twice', () => parseBasemap({ ...tiles, datum: 'BD09' }), '是 BD-09 坐标', 'is in BD-09'],
  [
    'a pack without a lawful manifest',
    () => readManifest(manifest, { countyId: CountyId.parse('anlan'), sha256: (text) => text }),
    '这不是县域地图包',
    'no county map pack',
  ],
];

test.each(cases)('%s is refused in words of both languages, with nothing left to fill in', async (...[, answer, zh, en]) => {
  const refused = answer();
  if (refused.ok) throw new Error('it was taken');
  for (const [language, words] of [
    ['zh', zh],
    ['en', en],
  ] as const) {
    const { i18n } = await openWords({ features: ['room', 'map'], language });
    const said = refusalText(i18n.t, refused.refusal);
    expect(said).toContain(words);
    expect(said).not.toMatch(/\{\{|undefined|map\./);
  }
});

test('a code that nobody has words for is said as a code, never as nothing', async () => {
  const { i18n } = await openWords({ features: ['room', 'map'], language: 'zh' });
  expect(refusalText(i18n.t, { code: 'map.neverHeardOf' })).toContain('map.neverHeardOf');
});
