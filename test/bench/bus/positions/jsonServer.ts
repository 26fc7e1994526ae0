/** A bare Socket.IO server that tells positions as objects, as its documentation suggests; the bench tells it when a second is over. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { ResponderStatus } from '#contract/responders/index.ts';
import type { PlainPositions } from '../../baseline/jsonPositions.ts';
import { serveBench } from '../serveBench.ts';
import { walkingCounty } from './walkingCounty.ts';

const http = createServer();
const io = new Server(http, { transports: ['websocket'] });

const functions = {
  open: () =>
    new Promise<{ url: string }>((resolve) => {
      http.listen(0, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` }));
    }),
  tick({ tick, size }: { tick: number; size: number }) {
    const atMs = Date.now();
    const sixDecimals = (degrees: number) => Number(degrees.toFixed(6));
    const positions = walkingCounty(size)(tick, atMs).map(({ lng, lat, measuredAtMs, headingDeg, status }, responderIndex) => ({
      responderIndex,
      lng: sixDecimals(lng),
      lat: sixDecimals(lat),
      headingDeg,
      status: ResponderStatus.options.indexOf(status),
      ageSec: Math.round((atMs - measuredAtMs) / 1_000),
    }));
    io.emit('positions', { atMs, positions } satisfies PlainPositions);
  },
  cpuMs: () => process.cpuUsage().user / 1_000 + process.cpuUsage().system / 1_000,
};
export type JsonServer = typeof functions;

serveBench(functions);
