import type { RoomEvent, WindowIdentity } from '#contract/bridge/index.ts';
import type { DirectoryTold, Welcome } from '#contract/bus/index.ts';
import type { SnapshotTaken } from '#contract/link/index.ts';
import { deskFeed, type Fact, type FeedName } from '#contract/record/index.ts';
import type { DeskId } from '#contract/values/index.ts';
import type { Directory } from '#main/directory/index.ts';
import { deskFactsOf, type WallChange, type WallStore } from '#main/wall/index.ts';
import { createFeedFold } from './feedFold.ts';
import type { RoomState } from './roomState.ts';

/** Greatest number of facts in one event (contract/bridge RoomEvent). */
const factsPerEvent = 2_000;

export type FollowerPorts = {
  readonly room: RoomState;
  readonly wall: Pick<WallStore, 'identity' | 'setIdentity'>;
  readonly directory: Pick<Directory, 'revision' | 'refresh'>;
  /** There are new facts of the own wall to ship. */
  readonly ship: () => void;
  /** The platform tells facts that this version cannot read. */
  readonly onOlder: () => void;
};

/** Keeps the room equal to what the record and the own wall tell. */
export type Follower = {
  /** The revision that the directory's pages have for this workstation. */
  directory(told: DirectoryTold): void;
  welcome(welcome: Welcome, deskId: DeskId): Promise<void>;
  facts(facts: readonly { feed: FeedName; fact: Fact }[]): void;
  snapshot(taken: SnapshotTaken): void;
  wallChanged(change: WallChange): void;
  /** Facts that this version could not read, in all feeds that it holds. */
  unknownFacts(): number;
};

export function createFollower({ room, wall, directory, ship, onOlder }: FollowerPorts): Follower {
  const fold = createFeedFold();
  const folded = () => ({ cameras: fold.cameras(), incidents: fold.incidents(), drawings: fold.drawings() });
  let hasAskedDirectory = false;
  let toldRevision: number | null = null;

  // The own wall comes from its owner's journal, never back from the platform's copy of it.
  const isOwnWall = (feed: FeedName) => feed.startsWith('desk/');
  // Who looked at what is nothing for a wall, also while an auditor sits at the console.
  const isAudit = (feed: FeedName) => feed.startsWith('audit/');

  function refreshDirectory(): void {
    // A platform of before tells no revision of the own territory: its pages have the one that the feeds tell of.
    const announced = toldRevision ?? fold.directoryRevision();
    if (announced > 0 && announced !== directory.revision()) directory.refresh({ revision: announced });
  }

  function afterFold(): void {
    refreshDirectory();
    if (fold.unknownFacts() > 0) onOlder();
  }

  return {
    unknownFacts: () => fold.unknownFacts(),
    directory: ({ revision }) => {
      toldRevision = revision;
      refreshDirectory();
    },
    welcome: async ({ countyId, countyName, countyNameEn, timeZone, feeds }, deskId) => {
      room.change({ county: { name: countyName, nameEn: countyNameEn, timeZone }, deskId });
      fold.keepOnly(feeds);
      room.change(folded());
      // Once per start even when the copy is new enough: the territory of this desk may have changed while it was off.
      if (!hasAskedDirectory) directory.refresh({ revision: 0 });
      hasAskedDirectory = true;
      await wall.setIdentity({ deskId, countyId });
      ship();
    },
    facts: (facts) => {
      const others = facts.filter(({ feed }) => !isOwnWall(feed));
      fold.apply(others);
      const told = others.filter(({ feed }) => !isAudit(feed));
      room.follow(folded(), factEvents(told));
      afterFold();
    },
    snapshot: ({ feed, snapshot }) => {
      if (isOwnWall(feed)) return;
      fold.replace(feed, snapshot);
      room.change(folded());
      afterFold();
    },
    wallChanged: ({ entries, state }) => {
      const identity = wall.identity();
      // Before the desk knows who it is there are no facts to fold yet, only the scene itself.
      if (identity === null) return room.change({ wall: state });
      const feed = deskFeed(identity.deskId);
      room.follow({ wall: state }, factEvents(deskFactsOf(entries, identity).map(({ fact }) => ({ feed, fact }))));
      ship();
    },
  };
}

function factEvents(facts: readonly { feed: FeedName; fact: Fact }[]): readonly RoomEvent[] {
  const count = Math.ceil(facts.length / factsPerEvent);
  return Array.from({ length: count }, (_, index) => ({
    kind: 'facts',
    facts: facts.slice(index * factsPerEvent, (index + 1) * factsPerEvent),
  }));
}

/** What a kind of window is told: settled commands, log-in accounts, the line's figures and what waits are the console's alone. */
export function eventsFor(kind: WindowIdentity['kind'], events: readonly RoomEvent[]): readonly RoomEvent[] {
  switch (kind) {
    case 'console':
      return events;
    case 'wall':
      return events.flatMap(forWall);
  }
}

function forWall(event: RoomEvent): readonly RoomEvent[] {
  switch (event.kind) {
    case 'facts':
    case 'glass': // a clock on one Display counts what all of them prove
      return [event];
    case 'room': {
      const { demoAccounts: _, continuity: __, waiting: ___, ...changes } = event.changes;
      return Object.keys(changes).length === 0 ? [] : [{ kind: 'room', changes }];
    }
    case 'commandSettled':
      return [];
  }
}
