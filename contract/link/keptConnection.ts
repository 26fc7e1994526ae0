import { busLimits, type Handshake } from '#contract/bus/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import { backOffMs } from './backOff.ts';
import type { ClientEvent, LinkConnection, LinkListener, LinkLog, LinkTransport } from './ports.ts';

/** How a link's connection is doing; `refused` carries the platform's code and is tried again only now and then. */
export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  | { readonly kind: 'down' }
  | { readonly kind: 'refused'; readonly code: string };

type PlatformMessage = Parameters<LinkListener['onMessage']>[0];

/** What a kept connection is made of. */
export type ConnectionPorts = {
  readonly transport: LinkTransport;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: LinkLog;
  /** A message came; `unreadable` counts against the platform. */
  readonly onMessage: (message: PlatformMessage) => 'taken' | 'unreadable';
  readonly onState: (state: ConnectionState) => void;
  readonly onDisconnected: () => void;
};

/** A reply that takes longer means that the connection is dead. */
export const replyWithinMs = 10_000;

/** A live platform speaks every `headsEveryMs`; three of them missing is a half-open socket (safety.md, thing to try 3). */
export const silenceMs = 3 * busLimits.headsEveryMs;

/** Turned away: unchanged it will be turned away again, so seldom (a platform may be upgraded meanwhile). */
export const refusedRetryMs = 30_000;

/** One connection from its first try to its end. A late event of one that is over touches nothing. */
type Attempt = {
  readonly handshake: Handshake;
  readonly pending: Set<(answer: null) => void>;
  connection: LinkConnection | null;
  strikes: number;
  wasHeard: boolean;
};

/** Keeps one connection open: connects, watches for silence, reconnects with back-off, and puts a time limit on each question. */
export class KeptConnection {
  readonly #ports: ConnectionPorts;
  #attempt: Attempt | null = null;
  #failures = 0;
  #cancelRetry = () => {};
  #cancelSilence = () => {};

  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
  }

  open(handshake: Handshake): void {
    this.close();
    this.#failures = 0;
    this.#ports.onState({ kind: 'connecting' });
    this.#connect(handshake);
  }

  #connect(handshake: Handshake): void {
    const attempt: Attempt = { handshake, pending: new Set(), connection: null, strikes: 0, wasHeard: false };
    this.#attempt = attempt;
    this.#watchSilence(attempt);
    const connection = this.#ports.transport.connect({ handshake, listener: this.#listenerOf(attempt) });
    // A transport may tell of the end before `connect` returns.
    if (this.#attempt === attempt) attempt.connection = connection;
    else connection.close();
  }

  #listenerOf(attempt: Attempt): LinkListener {
    return {
      onMessage: (message) => {
        if (this.#attempt !== attempt) return;
        attempt.wasHeard = true;
        if (this.#ports.onMessage(message) === 'unreadable') this.#strike(attempt, message.event);
      },
      onRefused: (code) => {
        if (this.#attempt !== attempt) return;
        this.#ports.log.error({ code }, 'the platform turns this desk away');
        this.#end({ kind: 'refused', code });
        this.#retry(attempt.handshake, refusedRetryMs);
      },
      onClosed: (reason) => this.#fail(attempt, reason),
    };
  }

  /** Closes a connection that cannot be trusted and opens another one after a while. */
  giveUp(why: string): void {
    if (this.#attempt !== null) this.#fail(this.#attempt, why);
  }

  #fail(attempt: Attempt, why: string): void {
    if (this.#attempt !== attempt) return;
    this.#failures += 1;
    const waitMs = backOffMs({ attempt: this.#failures, randomness: this.#ports.randomness });
    this.#ports.log.warn({ why, waitMs }, 'no connection to the platform');
    this.#end({ kind: 'down' });
    this.#retry(attempt.handshake, waitMs);
  }

  #end(state: ConnectionState): void {
    this.close();
    this.#ports.onState(state);
  }

  #retry(handshake: Handshake, waitMs: number): void {
    this.#cancelRetry = this.#ports.timers.afterMs(waitMs, () => this.#connect(handshake));
  }

  #strike(attempt: Attempt, event: string): void {
    attempt.strikes += 1;
    this.#ports.log.error({ event }, 'an unreadable message of the platform was dropped');
    // An unreadable answer to a resume is never acknowledged: waiting for the next one would be for ever.
    if (attempt.strikes >= busLimits.strikes || event === 'feed') this.#fail(attempt, 'unreadable messages');
  }

  /** The platform has welcomed us: the next failure starts the back-off from the beginning. */
  welcomed(): void {
    this.#failures = 0;
    this.#ports.onState({ kind: 'live' });
  }

  #watchSilence(attempt: Attempt): void {
    attempt.wasHeard = false;
    this.#cancelSilence = this.#ports.timers.afterMs(silenceMs, () => {
      if (attempt.wasHeard) this.#watchSilence(attempt);
      else this.#fail(attempt, 'the platform is silent');
    });
  }

  /** One message and its reply; null when there is no connection, or none any more, or no reply in time (which ends the connection). */
  async request(event: ClientEvent, message: object): Promise<unknown> {
    const attempt = this.#attempt;
    const connection = attempt?.connection;
    if (attempt == null || connection == null) return null;
    return await new Promise<unknown>((resolve) => {
      const settle = (answer: unknown) => {
        cancel();
        attempt.pending.delete(settle);
        resolve(answer);
      };
      const cancel = this.#ports.timers.afterMs(replyWithinMs, () => {
        settle(null);
        this.#fail(attempt, `no reply to ${event}`);
      });
      attempt.pending.add(settle);
      connection.request(event, message).then(settle, () => settle(null));
    });
  }

  /** Ends the connection and all trying. */
  close(): void {
    const over = this.#attempt;
    this.#attempt = null;
    this.#cancelSilence();
    this.#cancelRetry();
    over?.connection?.close();
    this.#ports.onDisconnected();
    for (const resolve of over?.pending ?? []) resolve(null);
  }
}
