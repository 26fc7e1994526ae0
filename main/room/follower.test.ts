import { expect, test } from 'vitest';
import type { Fact, FeedName } from '#contract/record/index.ts';
import { createFollower } from './follower.ts';

/** A follower whose copy of the directory is always at one revision; which ones it was made to fetch. */
function open({ heldRevision }: { heldRevision: number }) {
  const refreshed: number[] = [];
  const told: string[] = [];
  const room = {
    current: () => ({}) as never,
    change: () => {},
    tell: () => {},
    follow: (_changes: object, events: readonly object[]) => void told.push(...events.map((event) => JSON.stringify(event))),
  };
  const directory = { revision: () => heldRevision, refresh: ({ revision }: { revision: number }) => void refreshed.push(revision) };
  const wall = { identity: () => null, setIdentity: async () => {} };
  return { follower: createFollower({ room, wall, directory, ship: () => {}, onOlder: () => {} }), refreshed };
}

const imported = (revision: number) => {
  const counts = { regions: 1, cameras: 0, centers: 0, units: 0, responders: 0 };
  const payload = JSON.stringify({ countyId: 'al', revision, counts, contentHash: 'a'.repeat(64) });
  const about = { countyId: 'al', v: 1, atMs: 1, actor: 'system/test', commandId: null, subject: 'county/al' };
  return { feed: 'notice/al' as FeedName, fact: { ...about, type: 'directory.imported', payload } as Fact };
};

test('the directory is fetched when the platform says that the pages of this workstation are others', () => {
  const { follower, refreshed } = open({ heldRevision: 5 });
  for (const revision of [5, 3_000_000_000, 2]) follower.directory({ revision });
  expect(refreshed).toEqual([3_000_000_000, 2]);
});

test('what a feed tells of the whole directory, now or years ago, does not count against what was said of the own pages', () => {
  const { follower, refreshed } = open({ heldRevision: 3_000_000_000 });
  follower.directory({ revision: 3_000_000_000 });
  follower.facts([imported(7)]);
  expect(refreshed).toEqual([]);
});

test('a platform of before says nothing of the own pages: then the feeds’ word counts', () => {
  const { follower, refreshed } = open({ heldRevision: 6 });
  follower.facts([imported(7)]);
  expect(refreshed).toEqual([7]);
});
