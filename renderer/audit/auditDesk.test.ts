import { expect, test } from 'vitest';
import type { AuditChoices, LookingPage, LookingQuery } from '#contract/audit/index.ts';
import { granted, type PersonId, type RegionId, refused } from '#contract/values/index.ts';
import { createAuditDesk } from './auditDesk.ts';
import type { AuditPages } from './auditPages.ts';

const empty: LookingPage = { rows: [], cameras: [], people: [], count: 0, nextCursor: null };
const choices: AuditChoices = { county: { name: '安澜县', nameEn: 'Anlan', timeZone: 'Asia/Shanghai' }, people: [], regions: [] };

/** A platform that answers looks as `answer` says and remembers what it was asked. */
async function openDesk(replaced: Partial<AuditPages> = {}) {
  const asked: LookingQuery[] = [];
  const person = { personId: 'p-1' as PersonId, name: '审计员', roles: ['auditor' as const], territory: ['al' as RegionId] };
  const desk = createAuditDesk({
    isDemo: false,
    pages: {
      isDemo: async () => false,
      logIn: async () => granted({ session: 's'.repeat(43), expiresAtMs: 1, person }),
      logOut: async () => {},
      choices: async () => granted(choices),
      looking: async (query) => {
        asked.push(query);
        return granted({ ...empty, count: asked.length, nextCursor: query.cursor === undefined ? '50' : null });
      },
      audit: async () => granted({ ...empty, rows: [] }),
      faults: async () => granted({ ...empty, rows: [] }),
      exported: async () => granted({ register: 'looking' as const, page: empty }),
      verify: async () => refused('bus.failed'),
      ...replaced,
    },
  });
  await desk.logIn({ account: 'auditor', password: 'right' });
  return { desk, asked };
}

test('open looks are asked for beside the first page only, and paging leads there and back', async () => {
  const { desk, asked } = await openDesk();
  await desk.turn('older');
  await desk.turn('newer');
  expect(asked).toEqual([{}, { standing: 'open', limit: 200 }, { cursor: '50' }, {}, { standing: 'open', limit: 200 }]);
});

test('a filter is asked in county time and begins at the newest row again', async () => {
  const { desk, asked } = await openDesk();
  await desk.turn('older');
  await desk.narrow({ from: '2026-11-22T08:00', purpose: 'drill', standing: 'ended' });
  expect(asked.at(-1)).toEqual({ fromMs: Date.UTC(2026, 10, 22), purpose: 'drill', standing: 'ended' });
  expect(desk.store.getState()).toMatchObject({ cursors: [null] });
});

test('a slow answer to an earlier question does not replace the later one', async () => {
  const answers: ((page: ReturnType<typeof granted<LookingPage>>) => void)[] = [];
  const { desk } = await openDesk({
    looking: (query) => (query.camera === undefined ? Promise.resolve(granted(empty)) : new Promise((answer) => answers.push(answer))),
  });
  const first = desk.narrow({ camera: 'a', standing: 'ended' });
  const second = desk.narrow({ camera: 'b' });
  answers[1]?.(granted({ ...empty, count: 2 }));
  answers[0]?.(granted({ ...empty, count: 99 }));
  await Promise.all([first, second]);
  expect(desk.store.getState()).toMatchObject({ leaf: { page: { count: 2 } }, isAsking: false });
});

test('a refused question keeps the rows that were there and says why', async () => {
  const { desk } = await openDesk({
    looking: async (query) => (query.camera === 'x' ? refused('audit.badQuery', { field: 'camera' }) : granted({ ...empty, count: 7 })),
  });
  await desk.narrow({ camera: 'x' });
  expect(desk.store.getState()).toMatchObject({ leaf: { page: { count: 7 } }, refusal: { code: 'audit.badQuery' } });
});

test('whoever is no auditor, or is no more, has no row on the page', async () => {
  const { desk } = await openDesk({ choices: async () => refused('access.notAllowed') });
  expect(desk.store.getState()).toMatchObject({ kind: 'noAuditor' });
  const { desk: ended } = await openDesk({ audit: async () => refused('access.sessionEnded') });
  await ended.show('audit');
  expect(ended.store.getState()).toEqual({ kind: 'signedOut', refusal: { code: 'access.sessionEnded' } });
});
