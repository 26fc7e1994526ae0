export { Actor, chainHash, epochStartHash, Fact, FeedFact, genesisHash, maxPayloadLength, Position, Subject } from './fact.ts';
export {
  auditFeed,
  countyFeed,
  deskFeed,
  type FeedKind,
  FeedName,
  feedParts,
  noticeFeed,
  townFeed,
  unitFeed,
  villageFeed,
} from './feed.ts';
export {
  EraseParticulars,
  ErasureReason,
  Note,
  OpenParticulars,
  ParticularsKind,
  ParticularsLink,
  ParticularsOpened,
  ParticularsPurpose,
  ParticularsReference,
  type ParticularsRefusalCode,
  recordFacts,
} from './particulars.ts';
