import { z } from 'zod';
import type { CountyId, DeskId, RegionId, UnitId } from '#contract/values/index.ts';

/**
 * A feed is the unit of reading: who may read it reads every byte of it. Named `<kind>/<id>` by the region's, county's, unit's or desk's
 * own id, never by a division code (codes change).
 */
export type FeedKind = 'county' | 'town' | 'village' | 'unit' | 'notice' | 'desk' | 'audit';

const feedPattern = /^(county|town|village|unit|notice|desk|audit)\/([A-Za-z0-9][A-Za-z0-9._-]{0,63})$/;

/** `county/<countyId>`, `town/<regionId>`, `village/<regionId>`, `unit/<unitId>`, `notice/<countyId>`, `desk/<deskId>` or `audit/<countyId>`. */
export const FeedName = z.string().regex(feedPattern).brand<'FeedName'>();
export type FeedName = z.infer<typeof FeedName>;

/** What the leaders and the duty desk of a county read. */
export function countyFeed(countyId: CountyId): FeedName {
  return `county/${countyId}` as FeedName;
}

/** What a town's own people read. */
export function townFeed(townId: RegionId): FeedName {
  return `town/${townId}` as FeedName;
}

/** What a village's own people read. */
export function villageFeed(villageId: RegionId): FeedName {
  return `village/${villageId}` as FeedName;
}

/** What the liaison of a department reads: matters that the unit is responsible for, wherever they are. */
export function unitFeed(unitId: UnitId): FeedName {
  return `unit/${unitId}` as FeedName;
}

/** What everybody of the county reads: directory revisions, notices, plan states. */
export function noticeFeed(countyId: CountyId): FeedName {
  return `notice/${countyId}` as FeedName;
}

/** One workstation's walls; written by that workstation only. */
export function deskFeed(deskId: DeskId): FeedName {
  return `desk/${deskId}` as FeedName;
}

/** Looks, log-ins and refusals of a county; read by auditors only. */
export function auditFeed(countyId: CountyId): FeedName {
  return `audit/${countyId}` as FeedName;
}

/** Takes a feed's name apart again. */
export function feedParts(feed: FeedName): { kind: FeedKind; id: string } {
  const match = feedPattern.exec(feed);
  if (match === null) throw new Error(`not a feed name: ${feed}`);
  return { kind: match[1] as FeedKind, id: match[2] as string };
}
