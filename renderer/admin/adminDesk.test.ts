import { expect, test } from 'vitest';
import type { AccountView, RightsPreview } from '#contract/access/index.ts';
import { granted, type PersonId, type RegionId, type Result, refused, type UnitId } from '#contract/values/index.ts';
import { createAdminDesk } from './adminDesk.ts';
import type { PlatformPages } from './platformPages.ts';

const li: AccountView = {
  personId: 'p-1' as PersonId,
  account: 'li',
  name: '李东',
  roles: ['centerTown'],
  territory: ['east' as RegionId],
  isDisabled: false,
};
const nothing: RightsPreview = { regions: 0, cameras: 0, openableCameras: 0, centers: 0, units: 0, responders: 0, feeds: [] };

/** A platform whose previews are answered by hand. */
async function openDesk(replaced: Partial<PlatformPages> = {}) {
  const previews: ((preview: Result<RightsPreview>) => void)[] = [];
  const person = { personId: 'p-0' as PersonId, name: '管理员', roles: ['administrator' as const], territory: ['al' as RegionId] };
  const desk = createAdminDesk({
    isDemo: false,
    pages: {
      isDemo: async () => false,
      logIn: async () => granted({ session: 's'.repeat(43), expiresAtMs: 1, person }),
      logOut: async () => {},
      changePassword: async () => granted(null),
      isFirstAdministratorWanted: async () => false,
      nameFirstAdministrator: async () => granted(null),
      people: async () => granted([li]),
      regions: async () => granted([]),
      units: async () => granted([]),
      add: async () => granted({ person: li, newPassword: 'told once' }),
      change: async () => granted({ person: li, newPassword: null }),
      preview: () => new Promise((resolve) => previews.push(resolve)),
      ...replaced,
    },
  });
  await desk.logIn({ account: 'admin', password: 'right' });
  return { desk, previews };
}

test('a slow answer about rights that were changed meanwhile is not shown for the new ones', async () => {
  const { desk, previews } = await openDesk();
  desk.choose(li);
  desk.edit({ roles: ['centerVillage'] });
  previews[1]?.(granted({ ...nothing, cameras: 2 }));
  previews[0]?.(granted({ ...nothing, cameras: 99 }));
  await Promise.resolve();
  await Promise.resolve();
  expect(desk.store.getState()).toMatchObject({ draft: { roles: ['centerVillage'] }, preview: { cameras: 2 } });
});

test('without roles or territory nothing is asked and nothing claimed', async () => {
  const { desk, previews } = await openDesk();
  desk.choose(null);
  expect([previews.length, desk.store.getState()]).toEqual([0, expect.objectContaining({ preview: null })]);
});

test('a session that has ended leads back to the log-in, and nothing of the people stays on the page', async () => {
  const { desk } = await openDesk({ change: async () => refused('access.sessionEnded') });
  await desk.change({ change: 'disable', personId: li.personId });
  expect(desk.store.getState()).toEqual({ kind: 'signedOut', refusal: { code: 'access.sessionEnded' } });
});

test('a new password is gone with the next click', async () => {
  const preview = async () => granted(nothing);
  const { desk } = await openDesk({ preview });
  desk.choose(null);
  desk.edit({ account: 'li', name: '李东', roles: ['centerTown'], territory: ['east' as RegionId] });
  await desk.save();
  const told = desk.store.getState();
  desk.choose(li);
  expect([told, desk.store.getState()]).toMatchObject([
    { newPassword: { account: 'li', password: 'told once' } },
    { newPassword: null, draft: { account: 'li' } },
  ]);
});

test('a password that was made for an administrator opens nothing until he has set his own', async () => {
  const session = {
    session: 's'.repeat(43),
    expiresAtMs: 1,
    person: { personId: 'p-0' as PersonId, name: '李', roles: [], territory: [] },
  };
  const refusal = { code: 'access.passwordPattern' };
  const { desk } = await openDesk({
    logIn: async () => granted({ ...session, mustChangePassword: true }),
    changePassword: async ({ newPassword }) => (newPassword === '1234567890' ? { ok: false, refusal } : granted(null)),
  });
  const due = desk.store.getState();
  await desk.setOwnPassword('1234567890');
  const again = desk.store.getState();
  await desk.setOwnPassword('nine lamps by the weir');
  expect([due, again, desk.store.getState()]).toMatchObject([
    { kind: 'passwordDue', refusal: null },
    { kind: 'passwordDue', refusal },
    { kind: 'open', people: [li] },
  ]);
});

test('a department goes with the role of its liaison and with no other', async () => {
  const asked: object[] = [];
  const unitId = 'water' as UnitId;
  const change: PlatformPages['change'] = async (one) => {
    asked.push(one);
    return granted({ person: li, newPassword: null });
  };
  const { desk } = await openDesk({ change, preview: async () => granted(nothing) });
  desk.choose(li);
  desk.edit({ roles: ['unitLiaison'], unitId });
  await desk.save();
  desk.edit({ roles: ['centerTown'], unitId });
  await desk.save();
  const rights = { change: 'setRights', personId: li.personId, territory: li.territory };
  expect(asked).toEqual([
    { ...rights, roles: ['unitLiaison'], unitId },
    { ...rights, roles: ['centerTown'] },
  ]);
});
