import { z } from 'zod';
import {
  AccountView,
  type AddPerson,
  type ChangePassword,
  type FirstAdministrator,
  FirstAdministratorWanted,
  type PersonChange,
  PersonChanged,
  type PreviewRights,
  RightsPreview,
} from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import { DirectoryPage, type Region, type Unit } from '#contract/directory/index.ts';
import { granted, type Result } from '#contract/values/index.ts';
import { openPageSession, type PageSession } from '../access/index.ts';

/** The platform's pages as the administration page asks them. The session lives in this object alone: a reload asks for a new log-in. */
export type PlatformPages = Omit<PageSession, 'ask'> & {
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

const rowsPerPage = 1_000;
type RowsOf<Kind extends DirectoryPage['kind']> = Extract<DirectoryPage, { kind: Kind }>['rows'][number];

/** Asks the platform that this page came from. */
export function createPlatformPages({ fetch }: { fetch: typeof globalThis.fetch }): PlatformPages {
  const { ask, ...session } = openPageSession({ fetch });

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
    ...session,
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
