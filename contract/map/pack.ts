import { z } from 'zod';
import { CountyId, granted, type Result, refused, safeText, Sha256Hex } from '#contract/values/index.ts';

/** The files of a county pack that this version reads, by their use. Further files are carried along and ignored. */
export const packFiles = {
  /** Vector tiles (MVT) of the land as PMTiles v3; its layers are `baseLayers`. */
  base: 'base.pmtiles',
  /** Heights as terrarium PNG tiles (raster-dem) as PMTiles v3: hill shading. */
  terrain: 'terrain.pmtiles',
  /** The road graph (`decodeRoadGraph`). */
  roads: 'roads.bin',
  /** Heights on a grid (`decodeHeightGrid`): lines of sight. */
  heights: 'heights.bin',
  /** Names with places (`Gazetteer`). */
  gazetteer: 'gazetteer.json',
} as const;

/** The manifest's own name; it is not among its files. */
export const manifestFile = 'manifest.json';

/** Layers of `base.pmtiles` and what their features say. `name_zh` and `name_en` stand where something has a name. */
export const baseLayers = {
  /** Areas; `kind`: county, forest, field, builtUp, and beyond for what is not the county's. */
  landCover: 'land_cover',
  /** Areas of standing or broad water. */
  water: 'water',
  /** Lines; `width_m`. */
  river: 'river',
  /** Lines; `class`: national, county, village, street. */
  road: 'road',
  /** Areas; `height_m`. */
  building: 'building',
  /** Lines; `level`: county, town, village, grid (the widest one that the line bounds). */
  boundary: 'boundary',
  /** Points; `kind`: county, town, village, river, peak, reservoir; `rank`: 0 is drawn first. */
  place: 'place',
} as const;

/** A plain file name: no folder, no dot in front. */
export const PackFileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/);

const PackFile = z.strictObject({
  name: PackFileName,
  bytes: z
    .int()
    .min(1)
    .max(4 * 1024 ** 3),
  sha256: Sha256Hex,
});

const Lng = z.number().min(-180).max(180);
// Web Mercator, which the tiles are in, ends here.
const Lat = z.number().min(-85.06).max(85.06);

/** What lies in a county pack. `contentHash` is `packDigest` over everything else that counts: equal hashes are equal packs. */
export const PackManifest = z.strictObject({
  format: z.literal('commandwall-county-pack'),
  version: z.literal(1),
  countyId: CountyId,
  name: safeText({ maxLength: 60 }),
  nameEn: safeText({ maxLength: 80 }),
  /** West, south, east, north in degrees, WGS-84. */
  bounds: z
    .tuple([Lng, Lat, Lng, Lat])
    .readonly()
    .refine(([west, south, east, north]) => west < east && south < north),
  /** Who made the land's picture, to be shown on the map. */
  attribution: z.strictObject({ zh: safeText({ maxLength: 200 }), en: safeText({ maxLength: 200 }) }),
  /** Zooms of base.pmtiles and of terrain.pmtiles, both included. */
  zooms: z.strictObject({ base: z.tuple([z.int().min(0), z.int().max(22)]), terrain: z.tuple([z.int().min(0), z.int().max(22)]) }),
  files: z.array(PackFile).min(1).max(64).readonly(),
  contentHash: Sha256Hex,
});
export type PackManifest = z.infer<typeof PackManifest>;

/** Where platform and windows' own origin answer: `manifest` names the pack that is there now, its files lie under its hash (`packFilePath`). */
export const mapRoutes = {
  folder: '/map/pack',
  /** PackManifest | 404 while there is no pack. Never cached. */
  manifest: '/map/pack/manifest.json',
} as const;

/** Path of a pack's file; its bytes never change, and ranges of them may be asked for. */
export function packFilePath({ hash, file }: { hash: string; file: string }): string {
  return `${mapRoutes.folder}/${hash}/${file}`;
}

/** The text whose SHA-256 is a manifest's `contentHash`. */
export function packDigest(manifest: Omit<PackManifest, 'contentHash'>): string {
  const { countyId, name, nameEn, bounds, attribution, zooms, files } = manifest;
  const sorted = files.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((file) => [file.name, file.bytes, file.sha256]);
  return JSON.stringify([
    manifest.version,
    countyId,
    name,
    nameEn,
    bounds,
    attribution.zh,
    attribution.en,
    zooms.base,
    zooms.terrain,
    sorted,
  ]);
}

/** Why a pack is not taken; sentences under `map:refusals`. */
export type PackRefusal =
  | 'map.notAPack'
  | 'map.otherCounty'
  | 'map.wrongHash'
  | 'map.fileMissing'
  | 'map.fileTruncated'
  | 'map.fileChanged';

/**
 * Reads a manifest and asks whether it is whole in itself and of this county (`countyId` null = of any). Files are checked by whoever has them.
 */
export function readManifest(
  value: unknown,
  { countyId, sha256 }: { countyId: CountyId | null; sha256: (text: string) => string },
): Result<PackManifest, PackRefusal> {
  const parsed = PackManifest.safeParse(value);
  if (!parsed.success) return refused('map.notAPack', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const manifest = parsed.data;
  const names = new Set(manifest.files.map(({ name }) => name));
  const missing = Object.values(packFiles).find((name) => !names.has(name));
  if (missing !== undefined) return refused('map.fileMissing', { file: missing });
  if (names.size !== manifest.files.length || names.has(manifestFile)) return refused('map.notAPack', { field: 'files' });
  if (countyId !== null && manifest.countyId !== countyId) {
    return refused('map.otherCounty', { county: manifest.name, countyId: manifest.countyId, wanted: countyId });
  }
  if (sha256(packDigest(manifest)) !== manifest.contentHash) return refused('map.wrongHash', { county: manifest.name });
  return granted(manifest);
}
