import type { AskPersonNames, PersonNamed, PersonNames } from '#contract/access/index.ts';
import { granted, type PersonId, type Result, refused } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';

/** Names of others, in memory only: what one person may know is forgotten before the next one sits down. */
export type NamesOfPeople = {
  namesOf(asked: AskPersonNames): Promise<Result<PersonNames>>;
  /** Somebody else is at the console, or nobody. */
  forget(): void;
};

/** Asks the platform for those who are not known yet. Who was left out is asked for again each time: it may be told later. */
export function createPersonNames({
  http,
  session,
}: {
  http: Pick<PlatformHttp, 'personNames'>;
  session: () => string | null;
}): NamesOfPeople {
  const known = new Map<PersonId, PersonNamed>();
  return {
    async namesOf({ personIds }) {
      const bearer = session();
      if (bearer === null) return refused('access.notLoggedIn');
      const missing = personIds.filter((personId) => !known.has(personId));
      if (missing.length > 0) {
        const answer = await http.personNames(bearer, { personIds: missing });
        // What was on its way for somebody is not told to the one after him.
        if (session() !== bearer) return refused('access.notLoggedIn');
        if (!answer.ok && missing.length === personIds.length) return answer;
        if (answer.ok) for (const person of answer.value.people) known.set(person.personId, person);
      }
      return granted({ people: personIds.flatMap((personId) => known.get(personId) ?? []) });
    },
    forget: () => known.clear(),
  };
}
