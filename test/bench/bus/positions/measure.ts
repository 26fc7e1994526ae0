import { fork } from 'node:child_process';
import path from 'node:path';
import { createBirpc } from 'birpc';
import { openCable } from '../../../builders/cable.ts';
import { spreadOf } from '../../measure.ts';
import type { DeskFunctions } from './deskProcess.ts';
import type { FramesServer } from './framesServer.ts';
import type { JsonServer } from './jsonServer.ts';

type Side = {
  readonly name: 'frames' | 'json';
  readonly desk: Ask<DeskFunctions>;
  tick(asked: { tick: number; parts: number }): Promise<unknown>;
  serverCpuMs(): Promise<number>;
  bytes(): number;
  end(): Promise<void>;
};
type Ask<Functions extends object> = ReturnType<typeof createBirpc<Functions, object>>;

/** Positions over the real bus into main's own columns, and as JSON over bare Socket.IO into the same; A B A B after a round that does not count. */
export async function measurePositions({ responders, ticks, reps }: { responders: number; ticks: number; reps: number }) {
  const sides = [await openFramesSide(responders), await openJsonSide(responders)] as const;
  const samples = sides.map((): Sample[] => []);
  let tick = 0;
  for (const side of sides) await measureSide({ side, ticks, from: tick, parts: 1 });
  for (let rep = 0; rep < reps; rep += 1) {
    tick += ticks;
    for (const [index, side] of sides.entries()) samples[index]?.push(await measureSide({ side, ticks, from: tick, parts: 1 }));
    await checkSame(sides.map(({ desk }) => desk));
  }
  // Every responder reports each sixth second, as phones do.
  const later = await measureSide({ side: sides[0], ticks, from: tick + ticks, parts: 6 });
  for (const side of sides) await side.end();
  const [frames, json] = samples.map(summaryOf);
  return { responders, ticks, frames: frames!, json: json!, laterBytesPerTick: Math.round(later.bytesPerTick) };
}

type Sample = { readonly bytesPerTick: number; readonly deskCpuMs: number; readonly serverCpuMs: number };

async function measureSide({ side, ticks, from, parts }: { side: Side; ticks: number; from: number; parts: number }): Promise<Sample> {
  const heardBefore = await side.desk.heard();
  const [bytesBefore, deskBefore, serverBefore] = [side.bytes(), await side.desk.cpuMs(), await side.serverCpuMs()];
  for (let tick = 1; tick <= ticks; tick += 1) {
    await side.tick({ tick: from + tick, parts });
    await side.desk.until(heardBefore + tick);
  }
  const [desk, server] = [await side.desk.cpuMs(), await side.serverCpuMs()];
  return {
    bytesPerTick: (side.bytes() - bytesBefore) / ticks,
    deskCpuMs: (desk - deskBefore) / ticks,
    serverCpuMs: (server - serverBefore) / ticks,
  };
}

function summaryOf(samples: readonly Sample[]) {
  const of = (key: keyof Sample) => spreadOf(samples.map((sample) => sample[key]));
  return { bytesPerTick: of('bytesPerTick'), deskCpuMs: of('deskCpuMs'), serverCpuMs: of('serverCpuMs') };
}

async function openFramesSide(size: number): Promise<Side> {
  const server = start<FramesServer>('framesServer.ts');
  const desk = start<DeskFunctions>('deskProcess.ts');
  const { url, handshake } = await server.ask.open(size);
  const cable = await openCable(url);
  await desk.ask.openFrames({ url: cable.url, handshake });
  // The first frames make main fetch who is behind the numbers; after that the desk hears every one.
  await server.ask.tick({ tick: 0, size, parts: 1 });
  await desk.ask.rosterIsThere();
  await server.ask.tick({ tick: 0, size, parts: 1 });
  await desk.ask.until(1);
  return {
    name: 'frames',
    desk: desk.ask,
    tick: (asked) => server.ask.tick({ ...asked, size }),
    serverCpuMs: () => server.ask.cpuMs(),
    bytes: cable.bytesToDesk,
    end: () => endAll([desk, server, cable]),
  };
}

async function openJsonSide(size: number): Promise<Side> {
  const server = start<JsonServer>('jsonServer.ts');
  const desk = start<DeskFunctions>('deskProcess.ts');
  const cable = await openCable((await server.ask.open()).url);
  await desk.ask.openPlain({ url: cable.url, size });
  return {
    name: 'json',
    desk: desk.ask,
    tick: ({ tick }) => server.ask.tick({ tick, size }),
    serverCpuMs: () => server.ask.cpuMs(),
    bytes: cable.bytesToDesk,
    end: () => endAll([desk, server, cable]),
  };
}

/** No figure counts before both desks hold the same places: six decimals and an f32 differ by less than a metre. */
async function checkSame(desks: readonly Ask<DeskFunctions>[]): Promise<void> {
  const [ours = [], theirs = []] = await Promise.all(desks.map((desk) => desk.places()));
  const far = ours.filter((degrees, index) => !(Math.abs(degrees - (theirs[index] ?? Number.NaN)) < 1e-5));
  if (ours.length !== theirs.length || far.length > 0) throw new Error(`the measurement is void: ${far.length} places differ`);
}

function start<Functions extends object>(file: string) {
  const child = fork(path.join(import.meta.dirname, file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ask = createBirpc<Functions, object>(
    {},
    { post: (message) => void child.send(message as object), on: (listener) => child.on('message', listener), timeout: -1 },
  );
  return { ask, close: async () => void child.kill('SIGKILL') };
}

async function endAll(open: readonly { close(): Promise<void> }[]): Promise<void> {
  for (const each of open) await each.close();
}
