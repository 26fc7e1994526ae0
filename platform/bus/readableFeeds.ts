import { feedSurfaces, may, type PolicyActor } from '#contract/access/index.ts';
import { auditFeed, countyFeed, deskFeed, type FeedName, noticeFeed, townFeed, unitFeed, villageFeed } from '#contract/record/index.ts';
import type { CountyId, DeskId, RegionId } from '#contract/values/index.ts';

/** What `readableFeeds` must know of the territory tree. */
export type Territories = {
  readonly countyId: CountyId;
  /** The county's own region; null while no directory was imported. */
  readonly countyRegion: RegionId | null;
  readonly levelOf: (region: RegionId) => 'county' | 'town' | 'village' | 'grid' | null;
  readonly regionPath: (region: RegionId) => readonly RegionId[];
};

/**
 * The feeds that an actor reads at a desk, pure: with the county in the territory `county` and `notice`, with towns or villages those and
 * `notice`, a unit's liaison that unit and `notice`, an auditor of the county `audit`, and always the desk's own. What lies in a wider feed
 * that is read anyway is not read a second time: the county's holds what the towns' hold, a town's what its villages' hold.
 */
export function readableFeeds({
  actor,
  deskId,
  territories,
}: {
  actor: PolicyActor;
  deskId: DeskId;
  territories: Territories;
}): readonly FeedName[] {
  const { countyId, countyRegion, regionPath } = territories;
  const mayRead = (kind: 'county' | 'town' | 'village' | 'notice', region: RegionId) =>
    may(actor, feedSurfaces[kind].action, { regionPath: [region, ...regionPath(region)] });
  const isAuditor = countyRegion !== null && may(actor, feedSurfaces.audit.action, { regionPath: [countyRegion] });
  const own = isAuditor ? [auditFeed(countyId), deskFeed(deskId)] : [deskFeed(deskId)];
  if (!actor.territory.some((region) => mayRead('notice', region))) return own;
  const isOfCounty = countyRegion !== null && actor.territory.includes(countyRegion) && mayRead('county', countyRegion);
  if (isOfCounty) return [countyFeed(countyId), noticeFeed(countyId), ...own];
  const regions = actor.territory.filter((region) => !isBelowAnother(region, actor.territory, regionPath));
  const below = regions.flatMap((region) => regionFeed({ region, territories, mayRead }));
  return [...below, ...unitFeeds(actor), noticeFeed(countyId), ...own];
}

function isBelowAnother(region: RegionId, territory: readonly RegionId[], regionPath: Territories['regionPath']): boolean {
  return regionPath(region).some((above) => above !== region && territory.includes(above));
}

function regionFeed({
  region,
  territories: { levelOf },
  mayRead,
}: {
  region: RegionId;
  territories: Territories;
  mayRead: (kind: 'town' | 'village', region: RegionId) => boolean;
}): readonly FeedName[] {
  const level = levelOf(region);
  switch (level) {
    case 'town':
      return mayRead('town', region) ? [townFeed(region)] : [];
    case 'village':
      return mayRead('village', region) ? [villageFeed(region)] : [];
    case 'county':
    case 'grid':
    case null:
      return [];
  }
}

function unitFeeds(actor: PolicyActor): readonly FeedName[] {
  if (actor.kind !== 'person' || actor.unitId === undefined) return [];
  return may(actor, feedSurfaces.unit.action, { unitId: actor.unitId }) ? [unitFeed(actor.unitId)] : [];
}
