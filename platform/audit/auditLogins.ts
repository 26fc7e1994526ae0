import { refused } from '#contract/values/index.ts';
import type { Access } from '../access/index.ts';
import { sha256 } from '../record/index.ts';
import type { Register } from './register.ts';

/** The same access, each log-in, log-out and refusal on the record. A log-in that cannot be recorded is none. */
export function auditLogins({ access, register }: { access: Access; register: Register }): Access {
  return {
    ...access,
    async login(request) {
      const opened = await access.login(request);
      if (!opened.ok) {
        await register.loginRefused({ account: request.account, code: opened.refusal.code });
        return opened;
      }
      const recorded = await register.loggedIn(opened.value.person.personId);
      if (recorded.ok) return opened;
      await access.logout(sha256(opened.value.session));
      return refused(recorded.refusal.code);
    },
    async logout(sessionId) {
      const signedIn = access.signedInById(sessionId);
      await access.logout(sessionId);
      if (signedIn !== null) await register.loggedOut(signedIn.person.personId);
    },
  };
}
