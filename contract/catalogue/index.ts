export { audience, type CameraPlace, feedsLeft, narrowerFeeds, nowhere, type Places } from './audience.ts';
export {
  emptyFeedState,
  evolveFeed,
  evolveFeedAll,
  FeedSnapshot,
  type FeedState,
  type FactType,
  factSchemas,
  fromFeedSnapshot,
  type KnownFact,
  newestVersions,
  parseFact,
  toFeedSnapshot,
} from './facts.ts';
