import type { AddPerson, PersonChange, PersonChanged } from '#contract/access/index.ts';
import { granted, type PersonId, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { Log, Secrets } from '../ports.ts';
import type { StoredPerson } from '../record/index.ts';
import type { Access } from './access.ts';
import { accountView, decideChange, newPasswordLength } from './changePerson.ts';

/** What was done to an account. */
export type AccountEvent = {
  readonly personId: PersonId;
  readonly change: 'add' | PersonChange['change'];
  readonly by: PersonId;
};

/** The administrator's desk: who has an account, and what he may. */
export type Accounts = {
  list(): readonly PersonChanged['person'][];
  add(asked: AddPerson, by: PersonId): Promise<Result<PersonChanged>>;
  change(asked: PersonChange, by: PersonId): Promise<Result<PersonChanged>>;
};

/** Changes accounts one after the other: two administrators who disable each other at once must not both succeed. */
export function createAccounts({
  access,
  secrets,
  county,
  isRegion,
  onChanged,
  log,
}: {
  access: Access;
  secrets: Secrets;
  county: () => RegionId;
  isRegion: (id: RegionId) => boolean;
  /** Told after the change is stored and the person's sessions have ended. */
  onChanged: (event: AccountEvent) => void;
  log: Log;
}): Accounts {
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<Value>(run: () => Promise<Value>): Promise<Value> {
    const mine = last.then(run);
    last = mine.catch(() => {});
    return mine;
  }
  function changed(event: AccountEvent): void {
    log.info(event, 'an account was changed');
    onChanged(event);
  }
  const newPassword = () => secrets.newToken().slice(0, newPasswordLength);

  async function add(asked: AddPerson, by: PersonId): Promise<Result<PersonChanged>> {
    if (access.people().some(({ account }) => account === asked.account)) return refused('access.accountTaken');
    if (!asked.territory.every(isRegion)) return refused('access.noSuchRegion');
    const password = newPassword();
    const person = await access.addPerson({ ...asked, password });
    changed({ personId: person.personId, change: 'add', by });
    return granted({ person: accountView(person), newPassword: password });
  }

  async function change(asked: PersonChange, by: PersonId): Promise<Result<PersonChanged>> {
    if (asked.change === 'setRights' && !asked.territory.every(isRegion)) return refused('access.noSuchRegion');
    const decided = decideChange(access.people(), { asked, county: county() });
    if (!decided.ok) return decided;
    const password = asked.change === 'resetPassword' ? newPassword() : null;
    const person: StoredPerson = await access.changePerson(decided.value, { password });
    changed({ personId: person.personId, change: asked.change, by });
    return granted({ person: accountView(person), newPassword: password });
  }

  return {
    list: () => access.people().map(accountView),
    add: (asked, by) => inTurn(() => add(asked, by)),
    change: (asked, by) => inTurn(() => change(asked, by)),
  };
}
