import type { CameraCondition } from '#contract/cameras/index.ts';
import { emptyFeedState, evolveFeedAll, type FeedSnapshot, type FeedState, fromFeedSnapshot } from '#contract/catalogue/index.ts';
import type { IncidentsState, OpenIncident } from '#contract/incidents/index.ts';
import type { Drawing, DrawingId } from '#contract/map/index.ts';
import type { Fact, FeedName } from '#contract/record/index.ts';
import type { CameraId } from '#contract/values/index.ts';

/** What the feeds that this desk reads fold to, taken together. */
export type FeedFold = {
  apply(facts: readonly { feed: FeedName; fact: Fact }[]): void;
  replace(feed: FeedName, snapshot: FeedSnapshot): void;
  /** Feeds that may not be read any more are forgotten. */
  keepOnly(feeds: readonly FeedName[]): void;
  /** Newest condition of each camera over all feeds, by id: two feeds may tell of the same camera, the higher version counts. */
  cameras(): CameraCondition[];
  /** Incidents that any feed holds as open, by number. */
  incidents(): OpenIncident[];
  /** What any feed holds as drawn, the oldest first. */
  drawings(): Drawing[];
  /** The newest revision that any feed announces. */
  directoryRevision(): number;
  /** Facts that this version of the program could not read: the desk is older than the platform. */
  unknownFacts(): number;
};

export function createFeedFold(): FeedFold {
  const states = new Map<FeedName, FeedState>();
  return {
    apply: (facts) => {
      for (const [feed, told] of Map.groupBy(facts, (fact) => fact.feed)) {
        const own = told.map(({ fact }) => fact);
        states.set(feed, evolveFeedAll(states.get(feed) ?? emptyFeedState, own));
      }
    },
    replace: (feed, snapshot) => void states.set(feed, fromFeedSnapshot(snapshot)),
    keepOnly: (feeds) => {
      for (const feed of states.keys()) if (!feeds.includes(feed)) states.delete(feed);
    },
    cameras: () => mergeCameras(states.values()),
    incidents: () => mergeIncidents([...states.values()].map(({ incidents }) => incidents)),
    drawings: () => mergeDrawings(states.values()),
    directoryRevision: () => Math.max(0, ...[...states.values()].map(({ directory }) => directory.revision)),
    unknownFacts: () => [...states.values()].reduce((sum, state) => sum + state.unknownFacts, 0),
  };
}

function mergeIncidents(states: readonly IncidentsState[]): OpenIncident[] {
  const open = new Map(states.flatMap((state) => [...state]));
  return [...open.values()].toSorted((a, b) => (a.number < b.number ? -1 : 1));
}

function mergeDrawings(states: Iterable<FeedState>): Drawing[] {
  const drawn = new Map<DrawingId, Drawing>([...states].flatMap(({ drawings }) => [...drawings]));
  return [...drawn.values()].toSorted((a, b) => a.drawnAtMs - b.drawnAtMs || (a.id < b.id ? -1 : 1));
}

function mergeCameras(states: Iterable<FeedState>): CameraCondition[] {
  const newest = new Map<CameraId, CameraCondition>();
  for (const { cameras } of states) {
    for (const [cameraId, condition] of cameras) {
      if (condition.version > (newest.get(cameraId)?.version ?? 0)) newest.set(cameraId, condition);
    }
  }
  return [...newest.values()].toSorted((a, b) => (a.cameraId < b.cameraId ? -1 : 1));
}
