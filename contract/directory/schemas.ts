import { z } from 'zod';
import { CenterId, CountyId, LngLat, RegionId, ResponderId, safeText, UnitId } from '#contract/values/index.ts';

/** Levels of the territory tree, widest first. Some prefectures have no county level: decide by field, never by a code's length. */
export const RegionLevel = z.enum(['county', 'town', 'village', 'grid']);
export type RegionLevel = z.infer<typeof RegionLevel>;

/** What makes a person able to find a thing by typing: Chinese name, pinyin without tones, pinyin initials. */
export const Spelling = z.strictObject({ pinyin: z.string().max(200), initials: z.string().max(60) });
export type Spelling = z.infer<typeof Spelling>;

/** A node of the territory tree. `code` is today's division or grid code, `scheme` says whose (field.md); polygons travel apart. */
export const Region = z.strictObject({
  countyId: CountyId,
  id: RegionId,
  level: RegionLevel,
  parentId: RegionId.nullable(),
  scheme: z.string().max(32),
  code: z.string().max(32),
  name: safeText({ maxLength: 60 }),
  nameEn: safeText({ maxLength: 80 }),
  spelling: Spelling,
  center: LngLat,
});
export type Region = z.infer<typeof Region>;

/** A Region's outline, WGS-84, rings closed: outer ones counter-clockwise, holes clockwise. Inside is what an odd number of rings encloses. */
export const RegionPolygon = z.strictObject({ regionId: RegionId, rings: z.array(z.array(LngLat).min(4)).min(1) });
export type RegionPolygon = z.infer<typeof RegionPolygon>;

/** The command center of a Region. `phones` are the seat's numbers (duty, leader, backup), not a person's. */
export const Center = z.strictObject({
  countyId: CountyId,
  id: CenterId,
  regionId: RegionId,
  level: z.enum(['county', 'town', 'village']),
  name: safeText({ maxLength: 60 }),
  nameEn: safeText({ maxLength: 80 }),
  spelling: Spelling,
  location: LngLat,
  dutyPhone: z.string().max(32),
  /** The leader's and the second number, where the county told them. */
  leaderPhone: z.string().max(32).optional(),
  backupPhone: z.string().max(32).optional(),
});
export type Center = z.infer<typeof Center>;

/** A department or town office that handles incidents and is scored. */
export const Unit = z.strictObject({
  countyId: CountyId,
  id: UnitId,
  regionId: RegionId,
  name: safeText({ maxLength: 60 }),
  nameEn: safeText({ maxLength: 80 }),
  dutyPhone: z.string().max(32),
});
export type Unit = z.infer<typeof Unit>;

/**
 * A person or vehicle in the field. `index` is the dense number that position frames carry (protocol.md): on a page it counts the responders that
 * the asker may see, so it says nothing of others.
 */
export const Responder = z.strictObject({
  countyId: CountyId,
  id: ResponderId,
  index: z.int().min(0),
  kind: z.string().max(32),
  name: safeText({ maxLength: 40 }),
  regionId: RegionId,
});
export type Responder = z.infer<typeof Responder>;
