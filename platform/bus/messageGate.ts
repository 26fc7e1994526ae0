import { busSurfaces } from '#contract/access/index.ts';
import { busLimits, clientEvents } from '#contract/bus/index.ts';
import type { Clock } from '#contract/values/index.ts';

/** The names of what a client may say. */
export type ClientEvent = keyof typeof clientEvents;

/** A message that passed: parsed, with the way to answer it. */
export type PassedMessage = {
  [Event in ClientEvent]: {
    readonly event: Event;
    readonly message: ReturnType<(typeof clientEvents)[Event]['parse']>;
    readonly answer: (reply: object) => void;
  };
}[ClientEvent];

/** What the gate says to one packet. `strike` = unreadable; `over` = the connection is to be closed. */
export type Verdict =
  | { readonly kind: 'passed'; readonly passed: PassedMessage }
  | { readonly kind: 'strike'; readonly why: string; readonly answer: ((reply: object) => void) | null; readonly isOver: boolean };

/** Messages per second that no honest desk comes near: it sends one command at a time and waits for a disk in between. */
const maxPerSecond = 2_000;

// What has no guard in the registry is unknown here. A Map, not the object itself: `constructor` is a key of every object.
const schemas = new Map(Object.keys(busSurfaces).map((event) => [event, clientEvents[event as ClientEvent]] as const));

/** Parses everything that comes in; counts strikes. One gate per connection. */
export function createMessageGate({ clock }: { clock: Clock }) {
  let strikes = 0;
  let second = 0;
  let inSecond = 0;

  function strike(why: string, answer: ((reply: object) => void) | null): Verdict {
    strikes += 1;
    return { kind: 'strike', why, answer, isOver: strikes >= busLimits.strikes };
  }

  return function judge(event: string, given: readonly unknown[]): Verdict {
    const now = Math.floor(clock.nowMs() / 1000);
    if (now !== second) [second, inSecond] = [now, 0];
    inSecond += 1;
    const answer = toAnswer(given.at(-1));
    if (inSecond > maxPerSecond) return { kind: 'strike', why: 'flood', answer: null, isOver: true };
    const schema = schemas.get(event);
    if (schema === undefined) return strike('unknown event', answer);
    if (answer === null || given.length !== 2) return strike('wrong number of arguments', answer);
    const parsed = schema.safeParse(given[0]);
    if (!parsed.success) return strike(whereAndWhat(event, parsed.error.issues[0]), answer);
    return { kind: 'passed', passed: { event, message: parsed.data, answer } as PassedMessage };
  };
}

/** For the log. Cut short: what a stranger wrote may be a part of it. */
function whereAndWhat(event: string, issue: { path: readonly PropertyKey[]; message: string } | undefined): string {
  return `${[event, ...(issue?.path ?? [])].map(String).join('.')}: ${issue?.message ?? 'unreadable'}`.slice(0, 200);
}

function toAnswer(last: unknown): ((reply: object) => void) | null {
  return typeof last === 'function' ? (last as (reply: object) => void) : null;
}
