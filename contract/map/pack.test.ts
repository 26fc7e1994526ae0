import { expect, test } from 'vitest';
import { CountyId } from '#contract/values/index.ts';
import { routes } from '#contract/bus/index.ts';
import { mapRoutes, packDigest, packFilePath, packFiles, readManifest } from './pack.ts';

/** Stands for SHA-256 here: other text, other digest. */
function sha256(text: string): string {
  let sum = 0;
  for (const character of text) sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return sum.toString(16).padStart(64, '0');
}

const digit = 'a'.repeat(64);
const body = {
  format: 'commandwall-county-pack' as const,
  version: 1 as const,
  countyId: CountyId.parse('anlan'),
  name: '安澜县',
  nameEn: 'Anlan County',
  bounds: [108, 33, 109, 34] as const,
  attribution: { zh: '虚构', en: 'invented' },
  zooms: { base: [7, 15] as [number, number], terrain: [7, 12] as [number, number] },
  files: Object.values(packFiles).map((name) => ({ name, bytes: 10, sha256: digit })),
};
const manifest = { ...body, contentHash: sha256(packDigest(body)) };
const read = (value: unknown, countyId: string | null = 'anlan') => {
  const result = readManifest(value, { countyId: countyId === null ? null : CountyId.parse(countyId), sha256 });
  return result.ok ? result.value.contentHash : result.refusal.code;
};

test('a whole manifest is read, for its county and for whoever asks of any', () => {
  expect([read(manifest), read(manifest, null)]).toEqual([manifest.contentHash, manifest.contentHash]);
});

test('the order of its files is no other content', () => {
  expect(read({ ...manifest, files: manifest.files.toReversed() })).toBe(manifest.contentHash);
});

test.each([
  ['of another county', manifest, 'ningshan', 'map.otherCounty'],
  ['with a file changed', { ...manifest, files: manifest.files.map((file) => ({ ...file, bytes: 11 })) }, 'anlan', 'map.wrongHash'],
  ['with other bounds', { ...manifest, bounds: [107, 33, 109, 34] }, 'anlan', 'map.wrongHash'],
  ['without its roads', { ...manifest, files: manifest.files.filter(({ name }) => name !== packFiles.roads) }, 'anlan', 'map.fileMissing'],
  ['with a file twice', { ...manifest, files: [...manifest.files, ...manifest.files.slice(0, 1)] }, 'anlan', 'map.notAPack'],
  ['with a way out of its folder', { ...manifest, files: [{ name: '../x', bytes: 1, sha256: digit }] }, 'anlan', 'map.notAPack'],
  ['with its axes exchanged', { ...manifest, bounds: [33, 108, 34, 109] }, 'anlan', 'map.notAPack'],
  ['that lies over the 180th meridian', { ...manifest, bounds: [179, 33, -179, 34] }, 'anlan', 'map.notAPack'],
  ['that has no size', { ...manifest, bounds: [108, 33, 108, 34] }, 'anlan', 'map.notAPack'],
  ['that lies nowhere', { ...manifest, bounds: [108, Number.NaN, 109, 34] }, 'anlan', 'map.notAPack'],
  ['beyond the end of its projection', { ...manifest, bounds: [108, 33, 109, 89] }, 'anlan', 'map.notAPack'],
  ['of another kind', { ...manifest, format: 'zip' }, 'anlan', 'map.notAPack'],
  ['that is no object', 'manifest', 'anlan', 'map.notAPack'],
])('a manifest %s is refused', (_, ...[value, countyId, code]: readonly unknown[]) => {
  expect(read(value, String(countyId))).toBe(code);
});

test("the platform answers under the same paths as the windows' own origin", () => {
  expect([mapRoutes.manifest, mapRoutes.folder]).toEqual([routes.mapManifest, routes.mapFiles]);
  expect(packFilePath({ hash: digit, file: 'roads.bin' })).toBe(`${routes.mapFiles}/${digit}/roads.bin`);
});
