/** One desk that follows positions, in a process of its own: through main's own link and columns, or the plain way. */
import { io } from 'socket.io-client';
import type { Handshake } from '#contract/bus/index.ts';
import { createLink } from '#contract/link/index.ts';
import { createPositionColumns, type PositionColumns, readPositions } from '#contract/responders/index.ts';
import { createPlatformHttp, createSocketTransport } from '#main/link/index.ts';
import { machineClock, machineTimers, sha256 } from '#main/machine/index.ts';
import { createPositions, fetchRoster } from '#main/responders/index.ts';
import { type PlainPositions, takePlain } from '../../baseline/jsonPositions.ts';
import { serveBench } from '../serveBench.ts';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
let columns: PositionColumns = createPositionColumns({ size: 0, directoryRevision: 0 });
let heard = 0;
let look = () => {};
const roster = Promise.withResolvers<void>();

function heardOne(): void {
  heard += 1;
  look();
}

/** What a window would be sent is read into columns of its own, as the window does it. */
async function openFrames({ url, handshake }: { url: string; handshake: Handshake }): Promise<void> {
  const welcomed = Promise.withResolvers<void>();
  const http = createPlatformHttp({ platformUrl: url, log });
  const positions = createPositions({
    fetchRoster: () => fetchRoster({ http, bearer: `${handshake.deskId}:${handshake.deviceKey}` }),
    askWhole: () => link.askWholePositions(),
    onRoster: ({ directoryRevision, count }) => {
      columns = createPositionColumns({ size: count, directoryRevision });
      roster.resolve();
    },
    timers: machineTimers,
    randomness: Math.random,
    log,
  });
  const window = positions.follow({
    send: (frame) => {
      readPositions(frame, columns);
      heardOne();
      window.next();
    },
  });
  window.next();
  const link = createLink({
    transport: createSocketTransport({ platformUrl: url }),
    journal: { load: async () => [], append: async () => {}, rewrite: async () => {} },
    clock: machineClock,
    timers: machineTimers,
    randomness: Math.random,
    sha256,
    onFacts: () => {},
    onSnapshot: () => {},
    onStatus: () => {},
    onSettled: () => {},
    onWelcome: () => welcomed.resolve(),
    onPositions: (frame) => positions.take(frame),
  });
  await link.load();
  link.open(handshake);
  await welcomed.promise;
}

async function openPlain({ url, size }: { url: string; size: number }): Promise<void> {
  columns = createPositionColumns({ size, directoryRevision: 1 });
  const socket = io(url, { transports: ['websocket'], forceNew: true });
  socket.on('positions', (message: PlainPositions) => {
    takePlain(message, columns);
    heardOne();
  });
  await new Promise<void>((resolve) => socket.on('connect', resolve));
}

const functions = {
  openFrames,
  openPlain,
  heard: () => heard,
  /** Resolves when main knows who is behind the numbers. */
  rosterIsThere: () => roster.promise,
  /** Resolves when it has heard so often. */
  until: (times: number) =>
    new Promise<void>((resolve) => {
      look = () => {
        if (heard >= times) resolve();
      };
      look();
    }),
  /** User + system time of this process so far. */
  cpuMs: () => process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000,
  places: () => [...columns.lngLat],
};
export type DeskFunctions = typeof functions;

serveBench(functions);
