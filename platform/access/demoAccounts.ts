import type { DemoAccount } from '#contract/access/index.ts';
import type { Actor } from '#contract/record/index.ts';
import type { RegionId, Result } from '#contract/values/index.ts';
import type { Access } from './access.ts';

type DemoPerson = DemoAccount & { readonly territory: 'county' | 'town' };

/** The people of the demo. Their passwords are on the log-in screen: the platform then listens on loopback only and every screen says so. */
const demoPeople: readonly DemoPerson[] = [
  { account: 'duty', password: 'duty-demo', name: '王建国', roles: ['dutyOfficer', 'operator'], territory: 'county' },
  { account: 'leader', password: 'leader-demo', name: '周文海', roles: ['leader'], territory: 'county' },
  { account: 'admin', password: 'admin-demo', name: '系统管理员', roles: ['administrator'], territory: 'county' },
  { account: 'town', password: 'town-demo', name: '城关镇值班员', roles: ['centerTown'], territory: 'town' },
  { account: 'auditor', password: 'auditor-demo', name: '审计员', roles: ['auditor'], territory: 'county' },
];

/** What the log-in screen offers in demo mode. */
export const demoAccounts: readonly DemoAccount[] = demoPeople.map(({ territory: _, ...account }) => account);

/** Adds the demo people; `town` is the one whose center the town account belongs to. Refused where it cannot be written down. */
export async function addDemoPeople({
  access,
  county,
  town,
}: {
  access: Access;
  county: RegionId;
  town: RegionId;
}): Promise<Result<unknown>> {
  const people = demoPeople.map(({ territory, ...person }) => {
    const region = territory === 'county' ? county : town;
    return { ...person, territory: [region], mustChangePassword: false };
  });
  return await access.addPeople({
    people,
    actor: 'system/foundation' as Actor,
    facts: (added) => [{ type: 'audit.demoAccountsMade', subject: 'system/demo', payload: { accounts: added.length } }],
  });
}
