import path from 'node:path';
import { countyFeed } from '#contract/record/index.ts';
import type { Actor, Fact } from '#contract/record/index.ts';
import { openSqliteStore } from '#platform/record/index.ts';
import { openFeeds } from '#platform/record/feeds.ts';
import { type KillablePlatform, killableCounty } from '../../builders/killablePlatform.ts';
import { memoryMiB } from '../measure.ts';
import { startDesks } from './processes.ts';
import { enrolMany, feed, headOnDisk } from './sides.ts';

/** What a desk that was away needed. `longestBusyMs`: the longest time that its process did nothing but this. `by` facts or a snapshot. */
export type CaughtUp = { readonly ms: number; readonly longestBusyMs: number; readonly by: string };

/** A desk goes away, the record grows by so many facts, the platform is started, the desk comes back. */
export async function measureResume({ platform, missed }: { platform: KillablePlatform; missed: number }): Promise<CaughtUp> {
  const desks = startDesks();
  const handshakes = await enrolMany(platform, 1);
  await desks.ask.openLinks({ url: platform.url, handshakes, feed, seq: headOnDisk(platform).seq });
  await desks.ask.away();
  await platform.kill();
  await grow({ platform, count: missed });
  const head = headOnDisk(platform);
  const there = desks.ask.caughtUp({ feed, seq: head.seq });
  await platform.start();
  const caughtUp = await there;
  const [place] = await desks.ask.places(feed);
  await desks.end();
  if (place?.hash !== head.hash) throw new Error('the measurement is void: the desk is not where the record is');
  return caughtUp;
}

const factsPerCommit = 1_000;
const cameras = 200;

/** Writes facts through the record's own fold, chain and store, while no platform runs. */
async function grow({ platform, count }: { platform: KillablePlatform; count: number }): Promise<void> {
  const store = await openSqliteStore({ file: path.join(platform.data, 'record.sqlite'), newEpoch: 'unused' });
  const feeds = await openFeeds(store);
  const versions = new Map([...feeds.stateOf(feed).cameras.values()].map(({ cameraId, version }) => [cameraId as string, version]));
  for (let written = 0; written < count; ) {
    const draft = feeds.draft();
    for (let inCommit = 0; inCommit < factsPerCommit && written < count; inCommit += 1) {
      const cameraId = `no-c${written % cameras}`;
      const version = (versions.get(cameraId) ?? 0) + 1;
      versions.set(cameraId, version);
      draft.append(faultFact({ cameraId, version, isReport: Math.floor(written / cameras) % 2 === 0 }), [countyFeed(killableCounty)]);
      written += 1;
    }
    await store.commit({ facts: draft.indexed(), receipts: [], settled: [], directory: null });
    feeds.publish(draft);
  }
  await store.close();
}

function faultFact({ cameraId, version, isReport }: { cameraId: string; version: number; isReport: boolean }): Fact {
  const payload = JSON.stringify(isReport ? { cameraId, version, fault: 'blurred' } : { cameraId, version });
  const about = { countyId: killableCounty, commandId: null, subject: `camera/${cameraId}`, actor: 'system/gateway' as Actor };
  return { ...about, type: isReport ? 'cameras.faultReported' : 'cameras.faultCleared', v: 1, atMs: 1_800_000_000_000, payload };
}

/** Many desks lose their sockets at once; until all are live again, and what the platform then needs. */
export async function measureReconnect({ platform, desks: count }: { platform: KillablePlatform; desks: number }) {
  const pid = platform.process().child.pid!;
  const desks = startDesks();
  const handshakes = await enrolMany(platform, count);
  const { seq } = headOnDisk(platform);
  const memoryBeforeMiB = memoryMiB(pid);
  await desks.ask.openLinks({ url: platform.url, handshakes, feed, seq });
  const memoryConnectedMiB = memoryMiB(pid);
  const ms = await desks.ask.cutAll({ feed, seq });
  const memoryAfterMiB = memoryMiB(pid);
  await desks.end();
  return { desks: count, ms: Math.round(ms), memoryBeforeMiB, memoryConnectedMiB, memoryAfterMiB };
}
