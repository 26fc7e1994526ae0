import type { Timers } from '#contract/values/index.ts';
import { createDeadline } from '../deadline.ts';
import type { GatewayLimits } from '../limits.ts';

/** Watches one socket's manners: hello in time, strikes, floods, and whether anybody is still there. `onOut` says why it must go. */
export type SocketGuard = {
  helloCame(): void;
  /** Counts a message; false when there were too many (the socket is going). */
  mayPass(): boolean;
  strike(): void;
  pongCame(): void;
  close(): void;
};

export type SocketGuardOptions = { timers: Timers; limits: GatewayLimits; onOut: (why: string) => void; ping: () => void };

export function createSocketGuard({ timers, limits, onOut, ping }: SocketGuardOptions): SocketGuard {
  const hello = createDeadline(timers);
  const second = createDeadline(timers);
  const heartbeat = createDeadline(timers);
  let strikes = 0;
  let messages = 0;
  let unansweredPings = 0;

  const beat = () => {
    if (unansweredPings >= 2) return onOut('no answer');
    unansweredPings += 1;
    ping();
    heartbeat.set(limits.pingEveryMs, beat);
  };
  hello.set(limits.helloWithinMs, () => onOut('no hello'));
  heartbeat.set(limits.pingEveryMs, beat);

  return {
    helloCame: () => hello.clear(),
    mayPass() {
      if (messages === 0) {
        second.set(1000, () => {
          messages = 0;
        });
      }
      messages += 1;
      if (messages <= limits.maxMessagesPerSecond) return true;
      onOut('flood');
      return false;
    },
    strike() {
      strikes += 1;
      if (strikes >= limits.maxStrikes) onOut('malformed messages');
    },
    pongCame() {
      unansweredPings = 0;
    },
    close() {
      for (const deadline of [hello, second, heartbeat]) deadline.clear();
    },
  };
}
