import type { PersonView, PolicyActor } from '#contract/access/index.ts';
import type { DeskId, RegionId } from '#contract/values/index.ts';
import type { SignedIn } from './sessions.ts';

/** A workstation that proved its device key. */
export type KnownDevice = { readonly deskId: DeskId; readonly territory: readonly RegionId[] };

/** The policy's view of a person. */
export function personActor({ roles, territory, unitId }: PersonView): PolicyActor {
  return { kind: 'person', roles, territory, unitId };
}

/** The policy's view of a workstation that nobody is logged in at. */
export function deviceActor({ territory }: KnownDevice): PolicyActor {
  return { kind: 'device', territory };
}

/** The policy's view of whoever proved to be who. */
export type Caller = { readonly kind: 'person'; readonly signedIn: SignedIn } | { readonly kind: 'device'; readonly device: KnownDevice };

/** Turns a caller into the policy's actor. */
export function callerActor(caller: Caller): PolicyActor {
  switch (caller.kind) {
    case 'person':
      return personActor(caller.signedIn.person);
    case 'device':
      return deviceActor(caller.device);
  }
}
