/** Lifts one payload to its type's next version. Pure; what it cannot read it gives back as it is, and the schema refuses it. */
export type Lift = (payload: unknown) => unknown;

/** By type: the lifts from version 1 on, in order. A type that was released once has none. */
export type Lifts = ReadonlyMap<string, readonly Lift[]>;

/** Every lift there is. A new payload version adds one here, one to `newestVersions`, and an example to test/recorded. */
export const lifts: Lifts = new Map([
  // Version 1 knew refusals by a decision only: each had a fact of its own.
  ['audit.commandRefused', [(payload) => ({ ...(payload as object), repeats: 0 })]],
]);

/**
 * Lifts a payload as it was recorded to the newest version, so that `evolve` knows the newest shape only (protocol.md, "Versions").
 * Null for a version that this desk does not know yet, and for one that never was.
 */
export function upcast({
  type,
  v,
  payload,
  newest,
  table = lifts,
}: {
  type: string;
  v: number;
  payload: unknown;
  newest: number;
  table?: Lifts;
}): unknown {
  const steps = table.get(type) ?? [];
  if (v < 1 || v > newest || steps.length < newest - 1) return null;
  return steps.slice(v - 1, newest - 1).reduce((lifted, lift) => lift(lifted), payload);
}
