import { z } from 'zod';
import { Spelling } from '#contract/directory/index.ts';
import { LngLat, RegionId, safeText } from '#contract/values/index.ts';

/** What a name of the gazetteer belongs to. */
export const PlaceKind = z.enum(['county', 'town', 'village', 'road', 'river', 'reservoir', 'peak']);
export type PlaceKind = z.infer<typeof PlaceKind>;

/** A name with its place. `rank` 0 is the most important; `regionId` where the place is a region of the directory. */
export const NamedPlace = z.strictObject({
  kind: PlaceKind,
  name: safeText({ maxLength: 60 }),
  nameEn: safeText({ maxLength: 80 }),
  spelling: Spelling,
  at: LngLat,
  rank: z.int().min(0).max(9),
  regionId: RegionId.nullable(),
});
export type NamedPlace = z.infer<typeof NamedPlace>;

/** All names of a county pack. */
export const Gazetteer = z.strictObject({ version: z.literal(1), places: z.array(NamedPlace).max(200_000) });
export type Gazetteer = z.infer<typeof Gazetteer>;
