import { createServer, type Socket } from 'node:net';
import type { Timers } from '#contract/values/index.ts';
import type { CameraSources } from '#platform/cameras/ports.ts';
import { isAllowedAddress, type SourceNetworks } from '../../checkSourceUrl.ts';
import type { GatewayLog } from '../../gatewayLog.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { type PublishVerdict, serveRtmp } from './rtmpSession.ts';

/** Where cameras that send by themselves come in. */
export type RtmpIntake = {
  /** Who sends with a stream key now; null = nobody. */
  publisherOf(streamKey: string): Publisher | null;
  /** For the health page: who sends, and how often somebody was turned away. */
  counts(): { readonly publishers: number; readonly refused: number };
  /** The port, once it listens; the answer to an asked port of 0. */
  port(): Promise<number>;
  close(): Promise<void>;
};

const maxConnections = 128;
/** Drones behind one translated address share it. */
const maxPerAddress = 16;
/**
 * A publisher that sent nothing for this long gives way to another one with the same key: it is the same drone that has come back.
 * Less than `silentLostMs`: whoever comes when the loss has been told is let in.
 */
const staleMs = 2_000;

/**
 * Listens for RTMP publishers. They come from camera networks only, need the stream key of a camera that is in the directory, and are one
 * per camera. `at` is where it listens; a taken port is told to the log, not to the cameras that need none of this.
 */
export function createRtmpIntake({
  at,
  sources,
  networks,
  timers,
  log,
}: {
  at: { readonly host: string; readonly port: number };
  sources: CameraSources;
  networks: SourceNetworks;
  timers: Timers;
  log: GatewayLog;
}): RtmpIntake {
  const sending = new Map<string, { readonly publisher: Publisher; isStale: boolean; close(): void }>();
  const sockets = new Set<Socket>();
  let refused = 0;

  const turnAway = (socket: Socket, why: string): void => {
    refused += 1;
    log.warn({ address: socket.remoteAddress, why, refused }, 'a publisher was turned away');
  };

  const admit = (socket: Socket): void => {
    socket.on('error', () => socket.destroy()).setNoDelay(true);
    const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
    const isCrowded =
      sockets.size >= maxConnections || [...sockets].filter((each) => each.remoteAddress === socket.remoteAddress).length >= maxPerAddress;
    if (isCrowded || !isAllowedAddress(address, networks)) {
      turnAway(socket, isCrowded ? 'crowded' : 'address');
      return void socket.destroy();
    }
    sockets.add(socket);
    const publisher = createPublisher();
    let key: string | null = null;
    let cancelStale = () => {};
    const freshen = () => {
      cancelStale();
      const entry = key === null ? undefined : sending.get(key);
      if (entry?.publisher !== publisher) return;
      entry.isStale = false;
      cancelStale = timers.afterMs(staleMs, () => {
        entry.isStale = true;
      });
    };
    const verdictOn = (asked: string): PublishVerdict => {
      if (sources.streamKeys?.().has(asked) !== true) return 'wrongKey';
      const other = sending.get(asked);
      if (other !== undefined && !other.isStale) return 'taken';
      other?.close();
      key = asked;
      sending.set(asked, { publisher, isStale: false, close: () => session.close() });
      log.info({ address }, 'a publisher sends');
      return 'welcome';
    };
    const session = serveRtmp({
      socket,
      timers,
      onPublish(asked) {
        const verdict = verdictOn(asked);
        if (verdict !== 'welcome') turnAway(socket, verdict);
        else freshen();
        return verdict;
      },
      onVideo(video) {
        publisher.take(video);
        freshen();
      },
      onEnd() {
        cancelStale();
        sockets.delete(socket);
        if (key !== null && sending.get(key)?.publisher === publisher) sending.delete(key);
      },
    });
  };

  const server = createServer(admit);
  const listening = new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(at.port, at.host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : at.port);
    });
  });
  listening.catch((error: unknown) => log.error({ err: error, ...at }, 'cameras that send by RTMP cannot come in'));

  return {
    publisherOf: (streamKey) => sending.get(streamKey)?.publisher ?? null,
    counts: () => ({ publishers: sending.size, refused }),
    port: () => listening,
    async close() {
      for (const socket of sockets) socket.destroy();
      await listening.then(
        () => new Promise((resolve) => server.close(resolve)),
        () => {},
      );
    },
  };
}
