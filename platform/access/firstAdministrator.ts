import { type FirstAdministrator } from '#contract/access/index.ts';
import { granted, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { Secrets } from '../ports.ts';
import type { Access } from './access.ts';

/** The one-time code of a platform that nobody administers yet. */
export type FirstAdministratorDesk = {
  /** The code to show to whoever starts the platform; null when there is an administrator. */
  readonly code: string | null;
  /** Whether the code may still be used. */
  isWanted(): boolean;
  claim(request: FirstAdministrator): Promise<Result<null>>;
};

/** Wrong codes after which the platform must be started again for a new one. */
const maxWrongCodes = 10;

/** There is no default password (safety.md, "Access"): the first administrator names his own, with the code printed at the start. */
export function createFirstAdministrator({
  access,
  secrets,
  county,
}: {
  access: Access;
  secrets: Secrets;
  county: RegionId;
}): FirstAdministratorDesk {
  const code = access.hasAdministrator() ? null : secrets.newToken().slice(0, 16);
  let state: 'open' | 'claiming' | 'closed' = code === null ? 'closed' : 'open';
  let wrong = 0;
  return {
    code,
    isWanted: () => state !== 'closed',
    async claim({ code: given, account, password, name }) {
      if (state !== 'open' || given !== code) {
        wrong += 1;
        if (wrong >= maxWrongCodes) state = 'closed';
        return refused('access.notAllowed');
      }
      const chosen = access.checkPassword({ account, name, password });
      if (!chosen.ok) return chosen;
      state = 'claiming';
      try {
        const person = { account, password, name, roles: ['administrator' as const], territory: [county], mustChangePassword: false };
        const added = await access.addPeople({
          people: [person],
          actor: null,
          facts: (people) =>
            people.map(({ personId }) => ({ type: 'audit.administratorNamed', subject: `person/${personId}`, payload: { personId } })),
        });
        if (!added.ok) return added;
        state = 'closed';
        return granted(null);
      } finally {
        if (state === 'claiming') state = 'open';
      }
    },
  };
}
