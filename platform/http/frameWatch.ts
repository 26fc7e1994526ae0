import type { WebSocket } from 'ws';
import type { Clock } from '#contract/values/index.ts';

/**
 * Frames of any kind a second that no honest client comes near. A ping costs the platform a pong, and both come below everything that
 * reads messages, also from somebody who never said who he is.
 */
const maxPerSecond = 4_000;

/** Ends a socket that sends more frames than anybody has use for: messages, pings and pongs together. */
export function watchFrames({ socket, clock, onFlood }: { socket: WebSocket; clock: Clock; onFlood: () => void }): void {
  let second = 0;
  let inSecond = 0;
  const count = () => {
    const now = Math.floor(clock.nowMs() / 1000);
    if (now !== second) [second, inSecond] = [now, 0];
    inSecond += 1;
    if (inSecond !== maxPerSecond + 1) return;
    onFlood();
    socket.terminate();
  };
  for (const kind of ['message', 'ping', 'pong'] as const) socket.on(kind, count);
}
