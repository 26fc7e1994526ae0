import { type AccountView, may, type PersonChange } from '#contract/access/index.ts';
import { granted, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { StoredPerson } from '../record/index.ts';
import type { PersonRights } from './access.ts';

/** 96 random bits as base64url: short enough to be read out on the phone. */
export const newPasswordLength = 16;

/** How a person stands after a change, decided on all of them: somebody must be left who administers the county. */
export function decideChange(
  people: readonly StoredPerson[],
  { asked, county }: { asked: PersonChange; county: RegionId },
): Result<PersonRights> {
  const person = people.find(({ personId }) => personId === asked.personId);
  if (person === undefined) return refused('access.noSuchPerson');
  const next = after(person, asked);
  const isAdministered = people.some((each) => administers(each === person ? next : each, county));
  return isAdministered ? granted(next) : refused('access.lastAdministrator');
}

/** The account without its password's hash. */
export function accountView({ personId, account, name, roles, territory, unitId, isDisabled }: StoredPerson): AccountView {
  const ofUnit = unitId === undefined ? {} : { unitId };
  return { personId, account, name, roles: [...roles], territory: [...territory], ...ofUnit, isDisabled };
}

function after(person: StoredPerson, asked: PersonChange): StoredPerson {
  switch (asked.change) {
    case 'disable':
      return { ...person, isDisabled: true };
    case 'enable':
      return { ...person, isDisabled: false };
    case 'resetPassword':
      return person;
    case 'setRights':
      return { ...person, roles: asked.roles, territory: asked.territory, unitId: asked.unitId };
  }
}

function administers({ isDisabled, roles, territory }: StoredPerson, county: RegionId): boolean {
  return !isDisabled && may({ kind: 'person', roles, territory }, 'access.administer', { regionPath: [county] });
}
