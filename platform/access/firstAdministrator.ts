import { type FirstAdministrator } from '#contract/access/index.ts';
import { granted, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { Secrets } from '../ports.ts';
import type { Access } from './access.ts';

/** The one-time code of a platform that nobody administers yet. */
export type FirstAdministratorDesk = {
  /** The code to show to whoever starts the platform; null when there is an administrator. */
  readonly code: string | null;
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
    async claim({ code: given, account, password, name }) {
      if (state !== 'open' || given !== code) {
        wrong += 1;
        if (wrong >= maxWrongCodes) state = 'closed';
        return refused('access.notAllowed');
      }
      state = 'claiming';
      try {
        await access.addPerson({ account, password, name, roles: ['administrator'], territory: [county] });
        state = 'closed';
        return granted(null);
      } finally {
        if (state === 'claiming') state = 'open';
      }
    },
  };
}
