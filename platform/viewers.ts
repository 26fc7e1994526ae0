import type { PolicyActor } from '#contract/access/index.ts';
import { type Access, deviceActor, personActor } from './access/index.ts';
import type { ActorsOf } from './cameras/index.ts';

/**
 * Whose rights a view needs. What hangs on a wall is looked at by the workstation itself, also when nobody is logged in; while somebody
 * is, his territory narrows it and never widens it. What only the console shows needs that person's own right.
 */
export function createViewers({ access }: { access: Access }): ActorsOf {
  return ({ deskId, sessionId }, surface): readonly PolicyActor[] => {
    const device = access.deviceById(deskId);
    if (device === null) return [];
    const signedIn = sessionId === null ? null : access.signedInById(sessionId);
    switch (surface) {
      case 'console':
        return signedIn === null ? [] : [personActor(signedIn.person)];
      case 'wall': {
        const own = deviceActor(device);
        return signedIn === null ? [own] : [own, { kind: 'device', territory: signedIn.person.territory }];
      }
    }
  };
}
