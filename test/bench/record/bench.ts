/**
 * `npm run bench -- record [--json] [--facts N]`: how long a look back takes in a year's log (protocol.md: at most 2 s). Writes the facts of
 * 365 days through the platform's own writer, keeps house as the platform does, and looks at moments all over the year.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { nowhere } from '#contract/catalogue/index.ts';
import { type Actor, countyFeed } from '#contract/record/index.ts';
import { type CameraId, type CountyId, granted } from '#contract/values/index.ts';
import { seededRandomness } from '#platform/demo/randomness.ts';
import { openFeeds } from '#platform/record/feeds.ts';
import { stateAt } from '#platform/record/history.ts';
import { snapshotsToDrop } from '#platform/record/retention.ts';
import { openSnapshots, openSqliteStore } from '#platform/record/index.ts';
import { createHandPorts } from '#platform/record/testing/handPorts.ts';
import { openWriter } from '#platform/record/writer.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    facts: { type: 'string', default: '300000' },
    reps: { type: 'string' },
    smoke: { type: 'boolean' },
  },
});
const facts = values.smoke === true ? 3_000 : Number(values.facts);
const [days, cameras, looks, perBatch] = [365, 2_000, 40, 100];
const dayMs = 24 * 60 * 60 * 1000;
const countyId = 'al' as CountyId;
const feed = countyFeed(countyId);
const random = seededRandomness({ seed: 7, label: 'year' });

const folder = mkdtempSync(path.join(tmpdir(), 'year-'));
try {
  await run(path.join(folder, 'record.sqlite'));
} finally {
  rmSync(folder, { recursive: true });
}

async function run(file: string): Promise<void> {
  const ports = createHandPorts({ nowMs: Date.UTC(2026, 0, 1) });
  const startMs = ports.clock.nowMs();
  const store = await openSqliteStore({ file, newEpoch: 'e1' });
  const view = await openFeeds(store, ports.log);
  const writer = await openWriter({ store, feeds: view, places: { placeOf: () => nowhere }, countyId, ...ports });
  writer.onRecorded((await openSnapshots({ store, view, log: ports.log })).recorded);
  const versions = new Map<CameraId, number>();
  for (let written = 0, day = 0; written < facts; written += perBatch) {
    ports.advanceMs((days * dayMs * perBatch) / facts);
    const batch = Array.from({ length: perBatch }, () => sourceFact({ versions }));
    await writer.submit({ key: null, actor: 'system/bench' as Actor, decide: () => granted({ facts: batch }) });
    const today = Math.floor((ports.clock.nowMs() - startMs) / dayMs);
    if (today !== day) await store.dropSnapshots(snapshotsToDrop({ places: await store.snapshotPlaces(), nowMs: ports.clock.nowMs() }));
    day = today;
  }
  await writer.close();
  const kept = (await store.snapshotPlaces()).length;
  const times: number[] = [];
  for (let look = 0; look < looks; look += 1) {
    const atMs = startMs + Math.floor(random() * days * dayMs);
    const begun = performance.now();
    await stateAt({ store, log: ports.log, moment: { feed, atMs } });
    times.push(performance.now() - begun);
  }
  await store.close();
  tell({ times: times.toSorted((a, b) => a - b), kept, bytes: statSync(file).size });
}

function sourceFact({ versions }: { versions: Map<CameraId, number> }) {
  const cameraId = `c${Math.floor(random() * cameras)}` as CameraId;
  const version = (versions.get(cameraId) ?? 0) + 1;
  versions.set(cameraId, version);
  const lost = version % 2 === 1;
  const subject = `camera/${cameraId}`;
  return lost
    ? ({ type: 'cameras.sourceLost', subject, payload: { cameraId, version, reason: 'noData' } } as const)
    : ({ type: 'cameras.sourceRestored', subject, payload: { cameraId, version } } as const);
}

function tell({ times, kept, bytes }: { times: readonly number[]; kept: number; bytes: number }): void {
  const ms = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  const figures = {
    facts,
    days,
    snapshotsKept: kept,
    recordMiB: Math.round(bytes / 2 ** 20),
    medianMs: ms(0.5),
    worstMs: ms(1),
    targetMs: 2_000,
  };
  if (values.json === true) console.log(JSON.stringify(figures));
  else for (const [name, value] of Object.entries(figures)) console.log(`${name}: ${value}`);
}
