import { createServer } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { AddressInfo, Socket as TcpSocket } from 'node:net';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterEach, expect, test } from 'vitest';
import { createPositionColumns, directoryRevisionOf, encodeWhole, positionAt, readPositions } from '#contract/responders/index.ts';
import { Responder } from '#contract/directory/index.ts';
import type { TypedRow } from '#platform/directory/index.ts';
import { nodeClock } from '#platform/nodePorts.ts';
import { openCountyDesk } from '../builders/openDesk.ts';
import { openTestPlatform } from '../builders/platform.ts';
import { smallCounty } from '../builders/smallCounty.ts';
import { openHandIntake, openHandRounds } from '../fakes/handIntake.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A prefecture's responders: a whole picture has 208 KB, so that all the rounds would be 60 MB for whoever does not read. */
const responders = 13_028;
const rounds = 300;
const idOf = (index: number) => `r-${String(index).padStart(5, '0')}`;
const toldMiB = (rounds * responders * 16) / 2 ** 20;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Bytes that this process holds outside of JavaScript's heap, where frames lie. */
function heldMiB(): number {
  collect();
  const { external, arrayBuffers } = process.memoryUsage();
  return (external + arrayBuffers) / 2 ** 20;
}

/** The TCP socket under a Socket.IO client: paused, it reads nothing, and the other side's writes pile up. */
function tcpOf(socket: Socket): TcpSocket {
  return (socket.io.engine.transport as unknown as { ws: { _socket: TcpSocket } }).ws._socket;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

async function openBigPlatform() {
  const people = Array.from({ length: responders }, (_, index): TypedRow => {
    const row = { countyId: 'testland', id: idOf(index), index, kind: 'gridWorker', name: idOf(index), regionId: 'east-1' };
    return { kind: 'responders', row: Responder.parse(row) };
  });
  const { openIntake, reportAll } = openHandIntake(nodeClock);
  const { timers, tick } = openHandRounds();
  const rows = [...smallCounty.rows.filter(({ kind }) => kind !== 'responders'), ...people];
  const platform = await openTestPlatform({ openIntake, timers, foundation: { county: smallCounty.county, rows: () => rows } });
  closers.push(platform.close);
  const ids = people.map((_, index) => idOf(index));
  return { url: platform.url, round: (lng: number) => (reportAll(ids, { lng }), tick()) };
}

test('a desk that does not read costs the platform nothing, and gets the newest when it reads again', async () => {
  const { url, round } = await openBigPlatform();
  const [slow, quick] = [await openCountyDesk(url), await openCountyDesk(url)];
  for (const { desk } of [slow, quick]) closers.push(async () => desk.close());
  round(100);
  await slow.desk.until(() => slow.desk.told.positions.length === 1);
  await quick.desk.until(() => quick.desk.told.positions.length === 1);
  tcpOf(slow.desk.socket).pause();
  const beforeMiB = heldMiB();
  let quickKept = 0;
  for (let step = 1; step <= rounds; step += 1) {
    round(100 + step / 100);
    await quick.desk.until(() => quick.desk.told.positions.length > 0 && quickKept + quick.desk.told.positions.length > step);
    quickKept += quick.desk.told.positions.splice(0).length;
  }
  const grownMiB = heldMiB() - beforeMiB;
  tcpOf(slow.desk.socket).resume();
  // What was on its way when it stopped reading comes first; the next round that finds room is whole and the newest.
  let lastLng = 0;
  while (lastLng !== Math.fround(100 + rounds / 100)) {
    round(100 + rounds / 100);
    await turn();
    const frame = slow.desk.told.positions.at(-1) ?? new Uint8Array();
    const columns = createPositionColumns({ size: responders, directoryRevision: directoryRevisionOf(frame) ?? 0 });
    readPositions(frame, columns);
    lastLng = positionAt(columns, responders - 1)?.lng ?? 0;
  }
  expect([quickKept, slow.desk.told.positions.length < rounds / 4, grownMiB < toldMiB / 4]).toEqual([rounds + 1, true, true]);
});

test('without leaving rounds out, the same reader would make the server hold them all: the measurement can fail', async () => {
  const http = createServer();
  const server = new Server(http, { transports: ['websocket'] });
  closers.push(() => server.close());
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()));
  const socket = io(`http://127.0.0.1:${(http.address() as AddressInfo).port}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
  });
  closers.push(async () => tcpOf(socket).destroy());
  await new Promise<void>((resolve) => socket.on('connect', () => resolve()));
  tcpOf(socket).pause();
  const columns = createPositionColumns({ size: responders, directoryRevision: 1 });
  columns.measuredAtMs.fill(1_800_000_000_000);
  const beforeMiB = heldMiB();
  for (let step = 1; step <= rounds; step += 1) {
    for (const frame of encodeWhole(columns, { atMs: 1_800_000_000_000 })) server.emit('positions', frame);
    await turn();
  }
  expect(heldMiB() - beforeMiB).toBeGreaterThan(toldMiB / 2);
});
