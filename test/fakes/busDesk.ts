import { io, type Socket } from 'socket.io-client';
import type { DeviceEnrolled } from '#contract/access/index.ts';
import {
  busPath,
  DirectoryTold,
  FactsMessage,
  FeedMessage,
  Heads,
  PositionsMessage,
  protocolVersion,
  Welcome,
} from '#contract/bus/index.ts';
import type { FeedFact, Position } from '#contract/record/index.ts';

/** A bare desk on the real bus: no link, no folding, it only keeps what it is told. */
export type BusDesk = Awaited<ReturnType<typeof connectDesk>>;

/** Connects with a device identity; rejects with the platform's code when it is turned away. */
export async function connectDesk({
  url,
  device,
  auth = {},
  headers = {},
}: {
  url: string;
  device: Pick<DeviceEnrolled, 'deskId' | 'deviceKey'>;
  auth?: object;
  headers?: Record<string, string>;
}) {
  const socket: Socket = io(url, {
    path: busPath,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: headers,
    auth: { protocolVersion, deskId: device.deskId, deviceKey: device.deviceKey, ...auth },
  });
  const told = {
    facts: [] as FeedFact[],
    feed: [] as FeedMessage[],
    welcomes: [] as Welcome[],
    heads: [] as Heads[],
    directory: [] as DirectoryTold[],
    positions: [] as Uint8Array[],
    ended: 0,
  };
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const look of waiting) look();
  };
  socket.on('welcome', (message) => {
    told.welcomes.push(Welcome.parse(message));
    changed();
  });
  socket.on('facts', (message) => {
    told.facts.push(...FactsMessage.parse(message).facts);
    changed();
  });
  socket.on('feed', (message, acknowledge: () => void) => {
    told.feed.push(FeedMessage.parse(message));
    changed();
    desk.onFeed(acknowledge);
  });
  socket.on('directory', (message) => {
    told.directory.push(DirectoryTold.parse(message));
    changed();
  });
  socket.on('heads', (message) => {
    told.heads.push(Heads.parse(message));
    changed();
  });
  socket.on('positions', (message) => {
    told.positions.push(PositionsMessage.parse(message));
    changed();
  });
  socket.on('sessionEnded', () => {
    told.ended += 1;
    changed();
  });
  socket.on('disconnect', changed);

  const desk = {
    socket,
    told,
    /** Replaced by tests that withhold the acknowledgement. */
    onFeed: (acknowledge: () => void) => acknowledge(),
    ask: async (event: string, message: unknown): Promise<unknown> => await socket.emitWithAck(event, message),
    /** Resolves as soon as `isTrue` answers true, looked at after each message. */
    until: (isTrue: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!isTrue()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    /** Resumes and waits for every asked feed's last message. */
    async resume(places: readonly { feed: string; position: Position | null }[]) {
      const from = told.feed.length;
      await desk.ask('resume', { places });
      await desk.until(() => told.feed.slice(from).filter(isLast).length === places.length);
      return told.feed.slice(from);
    },
    close: () => void socket.disconnect(),
  };
  await new Promise<void>((resolve, reject) => {
    socket.on('connect_error', reject);
    void desk.until(() => told.welcomes.length > 0).then(resolve);
  });
  return desk;
}

function isLast(message: FeedMessage): boolean {
  return message.kind === 'facts' ? message.isLast : message.chunk === message.chunks - 1;
}
