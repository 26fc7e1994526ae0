import { z } from 'zod';
import {
  AccountView,
  type AddPerson,
  type ChangePassword,
  type FirstAdministrator,
  FirstAdministratorWanted,
  type LoginRequest,
  type PersonChange,
  PersonChanged,
  type PreviewRights,
  RightsPreview,
  SessionOpened,
} from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DirectoryPage, type Region, type Unit } from '#contract/directory/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

/** The platform's pages as the administration page asks them. The session lives in this object alone: a reload asks for a new log-in. */
export type PlatformPages = {
  /** Whether the demo's accounts are offered. */
  isDemo(): Promise<boolean>;
  logIn(request: LoginRequest): Promise<Result<SessionOpened>>;
  logOut(): Promise<void>;
  changePassword(request: ChangePassword): Promise<Result<unknown>>;
  /** Whether the code that the platform printed is still to be used. */
  isFirstAdministratorWanted(): Promise<boolean>;
  nameFirstAdministrator(request: FirstAdministrator): Promise<Result<unknown>>;
  people(): Promise<Result<readonly AccountView[]>>;
  regions(): Promise<Result<readonly Region[]>>;
  units(): Promise<Result<readonly Unit[]>>;
  add(person: AddPerson): Promise<Result<PersonChanged>>;
  change(change: PersonChange): Promise<Result<PersonChanged>>;
  preview(rights: PreviewRights): Promise<Result<RightsPreview>>;
};

const Refused = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });
const rowsPerPage = 1_000;
type RowsOf<Kind extends DirectoryPage['kind']> = Extract<DirectoryPage, { kind: Kind }>['rows'][number];

/** Asks the platform that this page came from. */
export function createPlatformPages({ fetch }: { fetch: typeof globalThis.fetch }): PlatformPages {
  let session: string | null = null;

  async function ask<Answer>(path: string, { body, answer }: { body?: object; answer: z.ZodType<Answer> }): Promise<Result<Answer>> {
    try {
      const response = await fetch(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...(session === null ? {} : { authorization: `Bearer ${session}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const content: unknown = response.status === 204 ? null : await response.json();
      if (response.ok) return granted(answer.parse(content));
      const { code, params } = Refused.parse(content);
      return refused(code, params);
    } catch {
      return refused('bus.unreachable');
    }
  }

  async function rowsOf<Kind extends 'regions' | 'units'>(kind: Kind): Promise<Result<readonly RowsOf<Kind>[]>> {
    const rows: RowsOf<Kind>[] = [];
    for (let offset: number | null = 0; offset !== null; ) {
      const path: string = `${routes.directory}/${kind}?offset=${offset}&limit=${rowsPerPage}`;
      const page: Result<DirectoryPage> = await ask(path, { answer: DirectoryPage });
      if (!page.ok) return page;
      if (page.value.kind === kind) rows.push(...(page.value.rows as RowsOf<Kind>[]));
      offset = page.value.nextOffset;
    }
    return granted(rows);
  }

  return {
    isDemo: async () => (await ask(routes.demoAccounts, { answer: z.array(z.unknown()) })).ok,
    async logIn(request) {
      const opened = await ask(routes.login, { body: request, answer: SessionOpened });
      if (opened.ok) session = opened.value.session;
      return opened;
    },
    async logOut() {
      const ending = session;
      session = null;
      if (ending !== null) await fetch(routes.logout, { method: 'POST', headers: { authorization: `Bearer ${ending}` } }).catch(() => {});
    },
    changePassword: (body) => ask(routes.password, { body, answer: z.null() }),
    async isFirstAdministratorWanted() {
      const wanted = await ask(routes.firstAdministrator, { answer: FirstAdministratorWanted });
      return wanted.ok && wanted.value.isWanted;
    },
    nameFirstAdministrator: (body) => ask(routes.firstAdministrator, { body, answer: z.null() }),
    people: () => ask(routes.people, { answer: z.array(AccountView) }),
    regions: () => rowsOf('regions'),
    units: () => rowsOf('units'),
    add: (person) => ask(routes.people, { body: person, answer: PersonChanged }),
    change: (change) => ask(routes.changePerson, { body: change, answer: PersonChanged }),
    preview: (rights) => ask(routes.previewRights, { body: rights, answer: RightsPreview }),
  };
}
