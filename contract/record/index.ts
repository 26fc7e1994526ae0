export { Actor, chainHash, Fact, FeedFact, genesisHash, maxPayloadLength, Position, Subject } from './fact.ts';
export { countyFeed, deskFeed, type FeedKind, FeedName, feedParts, noticeFeed, townFeed } from './feed.ts';
