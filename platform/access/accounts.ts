import type { AccessRefusalCode, AddPerson, PersonChange, PersonChanged } from '#contract/access/index.ts';
import type { SessionEnd } from '#contract/audit/index.ts';
import { granted, type PersonId, type RegionId, type Result, refused, type UnitId } from '#contract/values/index.ts';
import type { Log, Secrets } from '../ports.ts';
import type { FactDraft } from '../record/index.ts';
import type { Access } from './access.ts';
import { accountView, decideChange, newPasswordLength } from './changePerson.ts';
import { personActorName } from './ledger.ts';
import { createTurns } from './turns.ts';

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
  isUnit,
  onChanged,
  log,
}: {
  access: Access;
  secrets: Secrets;
  county: () => RegionId;
  isRegion: (id: RegionId) => boolean;
  isUnit: (id: UnitId) => boolean;
  /** Told after the change is stored and the person's sessions have ended. */
  onChanged: (event: AccountEvent) => void;
  log: Log;
}): Accounts {
  const inTurn = createTurns();
  function changed(event: AccountEvent): void {
    log.info(event, 'an account was changed');
    onChanged(event);
  }
  /** Rights over what the directory does not have would be rights over whatever gets that id one day. */
  function refusalOf({ territory, unitId }: Pick<AddPerson, 'territory' | 'unitId'>): AccessRefusalCode | null {
    if (!territory.every(isRegion)) return 'access.noSuchRegion';
    return unitId === undefined || isUnit(unitId) ? null : 'access.noSuchUnit';
  }
  const newPassword = () => secrets.newToken().slice(0, newPasswordLength);

  async function add(asked: AddPerson, by: PersonId): Promise<Result<PersonChanged>> {
    if (access.people().some(({ account }) => account === asked.account)) return refused('access.accountTaken');
    const refusal = refusalOf(asked);
    if (refusal !== null) return refused(refusal);
    const password = newPassword();
    const added = await access.addPeople({
      people: [{ ...asked, password, mustChangePassword: true }],
      actor: personActorName(by),
      facts: (people) => people.map(({ personId }) => changedFact({ personId, change: 'add' })),
    });
    const person = added.ok ? added.value[0] : undefined;
    if (!added.ok || person === undefined) return added.ok ? refused('bus.notRecorded') : added;
    changed({ personId: person.personId, change: 'add', by });
    return granted({ person: accountView(person), newPassword: password });
  }

  async function change(asked: PersonChange, by: PersonId): Promise<Result<PersonChanged>> {
    const refusal = asked.change === 'setRights' ? refusalOf(asked) : null;
    if (refusal !== null) return refused(refusal);
    const decided = decideChange(access.people(), { asked, county: county() });
    if (!decided.ok) return decided;
    const password = asked.change === 'resetPassword' ? newPassword() : null;
    const { personId } = decided.value;
    const facts = [changedFact({ personId, change: asked.change })];
    const person = await access.changePerson(decided.value, { password, actor: personActorName(by), facts, why: endOf(asked.change) });
    if (!person.ok) return person;
    changed({ personId, change: asked.change, by });
    return granted({ person: accountView(person.value), newPassword: password });
  }

  return {
    list: () => access.people().map(accountView),
    add: (asked, by) => inTurn(() => add(asked, by)),
    change: (asked, by) => inTurn(() => change(asked, by)),
  };
}

function changedFact(payload: Pick<AccountEvent, 'personId' | 'change'>): FactDraft {
  return { type: 'audit.personChanged', subject: `person/${payload.personId}`, payload };
}

function endOf(change: PersonChange['change']): SessionEnd {
  switch (change) {
    case 'disable':
    case 'enable':
      return 'disabled';
    case 'resetPassword':
      return 'passwordChanged';
    case 'setRights':
      return 'rightsChanged';
  }
}
