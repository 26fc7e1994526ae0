import type { z } from 'zod';
import type { PolicyActor } from '#contract/access/index.ts';
import type { liftFacts } from '#contract/audit/index.ts';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId, Clock, DeskId, PersonId, Timers } from '#contract/values/index.ts';
import type { CameraPath } from '../commands.ts';

/** Who asks: a person, at a desk, in a session. */
export type LiftAsker = {
  readonly personId: PersonId;
  readonly name: string;
  readonly deskId: DeskId;
  readonly sessionId: string;
  readonly actor: PolicyActor;
};

/** Somebody who may let others see what is masked. */
export type Leader = { readonly personId: PersonId; readonly name: string };

/** What happened, for the record. */
export type LiftFact = {
  [Type in keyof typeof liftFacts]: { readonly type: Type; readonly payload: z.infer<(typeof liftFacts)[Type]> };
}[keyof typeof liftFacts];

/** What lifting needs from outside. */
export type LiftPorts = {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly newId: () => string;
  readonly pathOf: CameraPath;
  readonly cameraOf: (cameraId: CameraId) => Camera | null;
  /** Leaders for a camera's place, in the roster's order. Asked anew each time: accounts change. */
  readonly roster: (cameraId: CameraId) => readonly Leader[];
  /** Writes by whom it happened; false = it cannot be, and then it did not. */
  readonly record: (by: PersonId, fact: LiftFact) => Promise<boolean>;
  /** What may be seen has changed. */
  readonly onChanged: () => void;
};
