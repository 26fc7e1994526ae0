import { type AuditFactType, auditFacts } from '#contract/audit/index.ts';
import { auditFeed, countyFeed, deskFeed, type Fact, type FeedName, townFeed, unitFeed, villageFeed } from '#contract/record/index.ts';
import { type CameraFact, cameraFacts } from '#contract/cameras/index.ts';
import { type IncidentFact, incidentFacts } from '#contract/incidents/index.ts';
import type { CameraId, CountyId, DeskId, RegionId, UnitId } from '#contract/values/index.ts';
import { type DrawingFact, drawingFacts } from '#contract/map/index.ts';
import { wallFacts } from '#contract/wall/index.ts';
import { type KnownFact, parseFact } from './facts.ts';

/** Where a camera belongs, in the ids that feeds are named by. Null: the directory tells none. */
export type CameraPlace = { readonly townId: RegionId | null; readonly villageId: RegionId | null; readonly unitId: UnitId | null };

/** What `audience` must know of the directory. */
export type Places = {
  readonly placeOf: (cameraId: CameraId) => CameraPlace;
  /** Where it was before the revision that is being taken over; absent = where it is now. */
  readonly placeBefore?: (cameraId: CameraId) => CameraPlace;
};

/** A camera that the directory does not know, or that lies in no town. */
export const nowhere: CameraPlace = { townId: null, villageId: null, unitId: null };

/** The feeds below the county's that a camera's facts go to, by where it is. */
export function narrowerFeeds({ townId, villageId, unitId }: CameraPlace): readonly FeedName[] {
  return [
    ...(townId === null ? [] : [townFeed(townId)]),
    ...(villageId === null ? [] : [villageFeed(villageId)]),
    ...(unitId === null ? [] : [unitFeed(unitId)]),
  ];
}

/** The feeds whose *whole* audience may see a fact. Pure; the platform indexes the fact into each of them. */
export function audience(fact: Fact, places: Places): readonly FeedName[] {
  const known = parseFact(fact);
  if (known === null) throw new Error(`no audience is declared for ${fact.type} v${fact.v}`);
  if (isAuditFact(known)) return [auditFeed(fact.countyId)];
  if (isWallFact(known)) return [deskFeed(fact.subject.slice('desk/'.length) as DeskId)];
  if (isIncidentFact(known) || isDrawingFact(known))
    return [countyFeed(fact.countyId), ...narrowerFeeds({ ...known.payload, unitId: null })];
  if (isCameraFact(known)) return cameraFeeds(known, { countyId: fact.countyId, places });
  switch (known.type) {
    case 'record.particularsErased':
      return [countyFeed(fact.countyId), ...narrowerFeeds(placeOfSubject(fact, places))];
    case 'directory.imported':
      return [countyFeed(fact.countyId)];
  }
}

function cameraFeeds(
  { type, payload: { cameraId } }: CameraFact,
  { countyId, places }: { countyId: CountyId; places: Places },
): readonly FeedName[] {
  return type === 'cameras.movedOut' ? feedsLeft(cameraId, places) : [countyFeed(countyId), ...narrowerFeeds(places.placeOf(cameraId))];
}

/** The feeds that held a camera before and hold it no longer; the others hear from `movedIn` what there is to know. */
export function feedsLeft(cameraId: CameraId, { placeOf, placeBefore = placeOf }: Places): readonly FeedName[] {
  const stays = narrowerFeeds(placeOf(cameraId));
  return narrowerFeeds(placeBefore(cameraId)).filter((feed) => !stays.includes(feed));
}

/** Particulars so far are about cameras only. */
function placeOfSubject({ subject }: Fact, { placeOf }: Places): CameraPlace {
  return subject.startsWith('camera/') ? placeOf(subject.slice('camera/'.length) as CameraId) : nowhere;
}

function isAuditFact(known: KnownFact): known is KnownFact & { type: AuditFactType } {
  return Object.hasOwn(auditFacts, known.type);
}

function isWallFact(known: KnownFact): known is KnownFact & { type: keyof typeof wallFacts } {
  return Object.hasOwn(wallFacts, known.type);
}

function isIncidentFact(known: KnownFact): known is KnownFact & IncidentFact {
  return Object.hasOwn(incidentFacts, known.type);
}

function isDrawingFact(known: KnownFact): known is KnownFact & DrawingFact {
  return Object.hasOwn(drawingFacts, known.type);
}

function isCameraFact(known: KnownFact): known is KnownFact & CameraFact {
  return Object.hasOwn(cameraFacts, known.type);
}
