import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Handshake } from '#contract/bus/index.ts';
import { countyFeed } from '#contract/record/index.ts';
import { type KillablePlatform, killableCounty } from '../../builders/killablePlatform.ts';
import { cpuMs, quantile } from '../measure.ts';
import type { Told } from './desksProcess.ts';
import { type DesksProcess, type PlainKind, startDesks, startPlainServer } from './processes.ts';
import { camerasPerLine, createPump, openBareLine, openBusLine, openPlainLine, type Sent } from './pump.ts';

/** How many cameras one pump speaks of; another pump on the same record takes the next ones. */
export const camerasPerPump = 8 * camerasPerLine;

export const feed = countyFeed(killableCounty);
const deskCount = 10;
const lineCount = camerasPerPump / camerasPerLine;

/** What one repetition of one side gave. Latency: from the command's leaving to a desk having its fact, over all desks. */
export type Sample = {
  readonly factsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of server and desks per 1,000 delivered facts. */
  readonly cpuMsPer1000: number;
  /** Share of the facts that came, of those that were asked for. */
  readonly delivered: number;
};

/** One side of the comparison, open until it is ended. */
export type Side = { readonly name: string; measure(count: number): Promise<Sample>; end(): Promise<void> };

/** Our way: a real platform, ten links. Every fact is on the disk before it is told, hashed, checked and folded at every desk. */
export async function openDurableSide({ platform, firstCamera }: { platform: KillablePlatform; firstCamera: number }): Promise<Side> {
  const desks = startDesks();
  const handshakes = await enrolMany(platform, deskCount);
  await desks.ask.openLinks({ url: platform.url, handshakes, feed, seq: 0 });
  const lines = await Promise.all((await enrolMany(platform, lineCount)).map((handshake) => openBusLine({ url: platform.url, handshake })));
  const pump = createPump({ lines, session: platform.session, firstCamera });
  return {
    name: 'durable',
    async measure(count) {
      const { sent, told, cpu } = await measureOnce({ desks, serverPid: platform.process().child.pid!, pump, count, finish: 'byCount' });
      const places = await desks.ask.places(feed);
      const head = headOnDisk(platform);
      for (const { commandIds, digest } of told) {
        check(() => commandIds.length === sent.size && new Set(commandIds).size === sent.size, 'a desk lost a fact or applied one twice');
        check(() => digest === told[0]?.digest, 'two desks applied the facts in different orders');
      }
      for (const place of places) check(() => place?.seq === head.seq && place.hash === head.hash, 'a desk is not where the record is');
      return sampleOf({ sent, told, cpu });
    },
    async end() {
      for (const line of lines) line.close();
      await desks.end();
    },
  };
}

/** The plain ways: ten clients, nothing kept, nothing checked. */
export async function openPlainSide(kind: PlainKind): Promise<Side> {
  const server = await startPlainServer(kind);
  const desks = startDesks();
  if (kind === 'ws') await desks.ask.openBare({ url: server.url, count: deskCount });
  else await desks.ask.openPlain({ url: server.url, count: deskCount });
  const openLine = kind === 'ws' ? openBareLine : openPlainLine;
  const lines = await Promise.all(Array.from({ length: lineCount }, () => openLine(server.url)));
  const pump = createPump({ lines, session: 'x'.repeat(43) });
  return {
    name: kind,
    async measure(count) {
      const { sent, told, cpu } = await measureOnce({ desks, serverPid: server.pid, pump, count, finish: 'byWord' });
      for (const { commandIds } of told) {
        check(() => commandIds.length > 0 && new Set(commandIds).size === commandIds.length, 'a client heard nothing, or something twice');
        check(() => commandIds.every((id) => sent.has(id)), 'a client heard of a command that nobody sent');
      }
      return sampleOf({ sent, told, cpu });
    },
    async end() {
      for (const line of lines) line.close();
      await desks.end();
      await server.end();
    },
  };
}

/** Enrols workstations one after the other. */
export async function enrolMany(platform: KillablePlatform, count: number): Promise<readonly Handshake[]> {
  const handshakes: Handshake[] = [];
  while (handshakes.length < count) handshakes.push(await platform.enrol());
  return handshakes;
}

/** Where the county's feed ends in the platform's file, read beside the running platform. */
export function headOnDisk({ data }: KillablePlatform): { readonly seq: number; readonly hash: string } {
  const database = new DatabaseSync(path.join(data, 'record.sqlite'), { readOnly: true });
  const head = database.prepare('SELECT head_seq AS seq, head_hash AS hash FROM feeds WHERE feed = ?').get(feed);
  database.close();
  return (head as { seq: number; hash: string } | undefined) ?? { seq: 0, hash: '' };
}

async function measureOnce({
  desks,
  serverPid,
  pump,
  count,
  finish,
}: {
  desks: DesksProcess;
  serverPid: number;
  pump: ReturnType<typeof createPump>;
  count: number;
  finish: 'byCount' | 'byWord';
}): Promise<{ sent: Sent; told: readonly Told[]; cpu: number }> {
  const pids = [serverPid, desks.pid];
  const before = cpuMs(pids);
  const sent = await pump(count);
  if (finish === 'byCount') await desks.ask.toldAll(sent.size);
  else await desks.ask.finished();
  const cpu = cpuMs(pids) - before;
  return { sent, told: await desks.ask.take(), cpu };
}

function sampleOf({ sent, told, cpu }: { sent: Sent; told: readonly Told[]; cpu: number }): Sample {
  const firstNs = Math.min(...sent.values());
  const lastNs = Math.max(...told.map(({ atNs }) => atNs.at(-1) ?? firstNs));
  const perDesk = told.reduce((sum, { commandIds }) => sum + commandIds.length, 0) / told.length;
  const waitsMs = told.flatMap(({ commandIds, atNs }) => commandIds.map((id, index) => ((atNs[index] ?? 0) - (sent.get(id) ?? 0)) / 1e6));
  return {
    factsPerSecond: perDesk / ((lastNs - firstNs) / 1e9),
    p50Ms: quantile(waitsMs, 0.5),
    p99Ms: quantile(waitsMs, 0.99),
    cpuMsPer1000: cpu / (perDesk / 1000),
    delivered: perDesk / sent.size,
  };
}

function check(holds: () => boolean, what: string): void {
  if (!holds()) throw new Error(`the measurement is void: ${what}`);
}
