import { cameraOf } from '#contract/bus/index.ts';
import type { LinkStatus } from '#contract/bridge/index.ts';
import type { Handshake } from '#contract/bus/index.ts';
import { emptyFeedState, evolveFeed, type FeedState, fromFeedSnapshot } from '#contract/catalogue/index.ts';
import {
  type AttachedPerson,
  type CommandSettled,
  createLink,
  type DeskFactSource,
  type DoneRecord,
  type Link,
  type LinkTransport,
  type OutboxRecord,
} from '#contract/link/index.ts';
import type { Actor, Fact, FeedName } from '#contract/record/index.ts';
import type { CameraId, Clock, CommandId, CountyId, Randomness, Sha256, Timers } from '#contract/values/index.ts';
import { v7 } from 'uuid';

/** What a link needs of its surroundings in a test. */
export type LinkPlace = {
  readonly transport: LinkTransport;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly sha256: Sha256;
};

/** What of a desk survives a kill: its outbox and its wall's facts. */
export type DeskDisk = { readonly outbox: OutboxRecord[]; readonly done: DoneRecord[]; readonly wall: WallDisk };

type WallDisk = { readonly facts: Fact[]; settledSeq: number };

export function createDeskDisk(): DeskDisk {
  return { outbox: [], done: [], wall: { facts: [], settledSeq: 0 } };
}

/** One feed as a desk has it: where its snapshot stood, and every fact that was applied since. */
export type HeldFeed = { fromSeq: number; applied: Fact[]; state: FeedState };

/** A desk without windows: a link, what it was told, and the disk under it. */
export type LinkDesk = {
  readonly link: Link;
  readonly feeds: ReadonlyMap<FeedName, HeldFeed>;
  readonly settled: readonly CommandSettled[];
  readonly endedSessions: readonly string[];
  readonly offsets: readonly number[];
  status(): LinkStatus;
  /** Reports or clears a fault as this person; resolves with the command's id when it is in the outbox. */
  ask(person: AttachedPerson, asked: { type: 'cameras.reportFault' | 'cameras.clearFault'; cameraId: CameraId }): Promise<CommandId>;
  /** One more fact of the own wall. */
  clearTile(options: { handshake: Handshake; countyId: CountyId }): void;
  /** The process is killed: nothing is said to anybody. */
  kill(): void;
};

export async function openLinkDesk({
  place,
  handshake,
  disk,
}: {
  place: LinkPlace;
  handshake: Handshake;
  disk: DeskDisk;
}): Promise<LinkDesk> {
  const feeds = new Map<FeedName, HeldFeed>();
  const settled: CommandSettled[] = [];
  const endedSessions: string[] = [];
  const offsets: number[] = [];
  let isKilled = false;
  const held = (feed: FeedName) => feeds.get(feed) ?? { fromSeq: 0, applied: [], state: emptyFeedState };
  const link = createLink({
    ...place,
    journal: memoryJournal(disk.outbox, () => isKilled),
    doneJournal: memoryJournal(disk.done, () => isKilled),
    deskFacts: deskFactsOn(disk.wall),
    onFacts: (facts) => {
      for (const { feed, fact } of facts) {
        const before = held(feed);
        feeds.set(feed, { ...before, applied: [...before.applied, fact], state: evolveFeed(before.state, fact) });
      }
    },
    onSnapshot: ({ feed, position, snapshot }) => {
      feeds.set(feed, { fromSeq: position.seq, applied: [], state: fromFeedSnapshot(snapshot) });
    },
    onStatus: () => {},
    versionOf: (command) => {
      const cameraId = cameraOf(command);
      if (cameraId === null) return null;
      const county = [...feeds].find(([feed]) => feed.startsWith('county/'))?.[1];
      return county === undefined ? null : (county.state.cameras.get(cameraId)?.version ?? 0);
    },
    onSettled: (outcome) => settled.push(outcome),
    onSessionEnded: (code) => endedSessions.push(code),
    onClockOffset: (offsetMs) => offsets.push(offsetMs),
  });
  await link.load();
  link.open(handshake);
  return {
    link,
    feeds,
    settled,
    endedSessions,
    offsets,
    status: () => link.status(),
    ask: async ({ personId }, { type, cameraId }) => {
      const commandId = v7() as CommandId;
      const command = type === 'cameras.reportFault' ? { type, cameraId, fault: 'blurred' as const } : { type, cameraId };
      await link.queue({ commandId, personId, command });
      return commandId;
    },
    clearTile: ({ handshake: { deskId }, countyId }) => {
      disk.wall.facts.push(wallFact({ deskId, countyId, version: disk.wall.facts.length + 1 }));
      link.shipDeskFacts();
    },
    kill: () => {
      isKilled = true;
      link.close();
    },
  };
}

/** A journal on a disk that a killed process does not write to any more. */
function memoryJournal<Entry>(records: Entry[], isKilled: () => boolean) {
  const write = async (change: () => void) => {
    if (isKilled()) return await new Promise<never>(() => {});
    change();
  };
  return {
    load: async () => [...records],
    append: (record: Entry) => write(() => void records.push(record)),
    rewrite: (next: readonly Entry[]) => write(() => void records.splice(0, records.length, ...next)),
  };
}

function deskFactsOn(disk: WallDisk): DeskFactSource {
  return {
    after: ({ seq, limit }) => disk.facts.slice(seq, seq + limit).map((fact, index) => ({ seq: seq + index + 1, fact })),
    settled: (seq) => {
      disk.settledSeq = seq;
    },
    settledSeq: () => disk.settledSeq,
    waiting: () => disk.facts.length - disk.settledSeq,
  };
}

function wallFact({ deskId, countyId, version }: { deskId: string; countyId: CountyId; version: number }): Fact {
  const payload = JSON.stringify({ version, displayKey: 'DP-1', cell: version % 4 });
  const about = { countyId, commandId: null, subject: `desk/${deskId}`, actor: `device/${deskId}` as Actor };
  return { ...about, type: 'wall.tileCleared', v: 1, atMs: 1_800_000_000_000 + version, payload };
}
