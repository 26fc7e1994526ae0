import { feedSurfaces, may, type PolicyActor } from '#contract/access/index.ts';
import { auditFeed, countyFeed, deskFeed, type FeedName, noticeFeed, townFeed } from '#contract/record/index.ts';
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
 * The feeds that an actor reads at a desk, pure: with the county in the territory `county` and `notice`, with towns those towns and
 * `notice`, an auditor of the county `audit`, and always the desk's own. A county desk needs no town feed: the county's holds what the towns' hold.
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
  const { countyId, countyRegion, levelOf, regionPath } = territories;
  const isAuditor = countyRegion !== null && may(actor, feedSurfaces.audit.action, { regionPath: [countyRegion] });
  const own = isAuditor ? [auditFeed(countyId), deskFeed(deskId)] : [deskFeed(deskId)];
  const mayRead = (kind: 'county' | 'town' | 'notice', region: RegionId) =>
    may(actor, feedSurfaces[kind].action, { regionPath: [region, ...regionPath(region)] });
  if (!actor.territory.some((region) => mayRead('notice', region))) return own;
  const isOfCounty = countyRegion !== null && actor.territory.includes(countyRegion) && mayRead('county', countyRegion);
  if (isOfCounty) return [countyFeed(countyId), noticeFeed(countyId), ...own];
  const towns = actor.territory.filter((region) => levelOf(region) === 'town' && mayRead('town', region)).map(townFeed);
  return [...towns, noticeFeed(countyId), ...own];
}
