import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  AccountView,
  ChangePassword,
  FirstAdministrator,
  LoginRequest,
  PersonChange,
  PersonView,
  RightsPreview,
  Role,
} from '#contract/access/index.ts';
import type { Region, Unit } from '#contract/directory/index.ts';
import type { PersonId, Refusal, RegionId, Result, UnitId } from '#contract/values/index.ts';
import type { PlatformPages } from './platformPages.ts';

/** What is being written down about one person; `personId` null = somebody new. */
export type Draft = {
  readonly personId: PersonId | null;
  readonly account: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly territory: readonly RegionId[];
  /** The department that a liaison speaks for; null = none. */
  readonly unitId: UnitId | null;
};

/** The page: nobody signed in, or the people with at most one of them on the form. */
export type AdminState =
  | { readonly kind: 'signedOut'; readonly refusal: Refusal | null }
  /** Nobody administers the platform yet: whoever has the printed code names himself. */
  | { readonly kind: 'nobodyYet'; readonly refusal: Refusal | null }
  /** Signed in with a password that was made for him: good for setting his own, which is asked for now. */
  | { readonly kind: 'passwordDue'; readonly login: LoginRequest; readonly by: PersonView; readonly refusal: Refusal | null }
  | {
      readonly kind: 'open';
      readonly by: PersonView;
      readonly people: readonly AccountView[];
      readonly regions: readonly Region[];
      readonly units: readonly Unit[];
      readonly draft: Draft | null;
      readonly preview: RightsPreview | null;
      /** Told once, gone with the next click. */
      readonly newPassword: { readonly account: string; readonly password: string } | null;
      readonly refusal: Refusal | null;
    };
type OpenState = Extract<AdminState, { kind: 'open' }>;

/** What an administrator does here. Every act answers in the state. */
export type AdminDesk = {
  readonly store: StoreApi<AdminState>;
  /** Whether the platform's accounts are the demo's: said on the page. */
  readonly isDemo: boolean;
  logIn(request: LoginRequest): Promise<void>;
  logOut(): Promise<void>;
  /** The password of whoever administers; he stays signed in here and nowhere else. */
  changePassword(request: ChangePassword): Promise<Result<unknown>>;
  /** Where `passwordDue`. */
  setOwnPassword(newPassword: string): Promise<void>;
  /** Where `nobodyYet`. */
  nameFirst(request: FirstAdministrator): Promise<void>;
  choose(person: AccountView | null): void;
  edit(change: Partial<Draft>): void;
  save(): Promise<void>;
  change(change: Extract<PersonChange, { change: 'disable' | 'enable' | 'resetPassword' }>): Promise<void>;
};

/** Holds the page's state; asks the platform for everything. */
export function createAdminDesk({
  pages,
  isDemo,
  isFirstWanted = false,
}: {
  pages: PlatformPages;
  isDemo: boolean;
  isFirstWanted?: boolean;
}): AdminDesk {
  const store = createStore<AdminState>(() => ({ kind: isFirstWanted ? 'nobodyYet' : 'signedOut', refusal: null }));
  const show = (change: Partial<OpenState>) => store.setState((state) => (state.kind === 'open' ? { ...state, ...change } : state), true);

  /** The value, or null with the refusal shown; an ended session leads back to the log-in. */
  function valueOf<Value>(result: Result<Value>): Value | null {
    if (result.ok) return result.value;
    if (result.refusal.code === 'access.sessionEnded') store.setState({ kind: 'signedOut', refusal: result.refusal }, true);
    else show({ refusal: result.refusal });
    return null;
  }

  async function foresee(draft: Draft): Promise<void> {
    show({ draft, refusal: null, newPassword: null });
    const { roles, territory } = draft;
    if (roles.length === 0 || territory.length === 0) return show({ preview: null });
    const preview = valueOf(await pages.preview(rightsOf(draft)));
    const state = store.getState();
    // A slower answer about an earlier draft is not about this one.
    if (preview !== null && state.kind === 'open' && state.draft === draft) show({ preview });
  }

  async function run(change: Parameters<PlatformPages['change']>[0]): Promise<void> {
    const changed = valueOf(await pages.change(change));
    if (changed === null) return;
    const people = valueOf(await pages.people());
    const { person, newPassword } = changed;
    if (people !== null) show({ people });
    await foresee(draftOf(person));
    show({ newPassword: newPassword === null ? null : { account: person.account, password: newPassword } });
  }

  async function logIn(request: LoginRequest): Promise<void> {
    const opened = await pages.logIn(request);
    if (!opened.ok) return store.setState({ kind: 'signedOut', refusal: opened.refusal }, true);
    const by = opened.value.person;
    if (opened.value.mustChangePassword === true) return store.setState({ kind: 'passwordDue', login: request, by, refusal: null }, true);
    await open(by);
  }

  async function open(by: PersonView): Promise<void> {
    const [people, regions, units] = await Promise.all([pages.people(), pages.regions(), pages.units()]);
    if (!people.ok) return store.setState({ kind: 'signedOut', refusal: people.refusal }, true);
    const empty = { draft: null, preview: null, newPassword: null, refusal: null };
    const lists = { regions: regions.ok ? regions.value : [], units: units.ok ? units.value : [] };
    store.setState({ kind: 'open', by, people: people.value, ...lists, ...empty }, true);
  }

  return {
    store,
    isDemo,
    logIn,
    async logOut() {
      store.setState({ kind: 'signedOut', refusal: null }, true);
      await pages.logOut();
    },
    changePassword: (request) => pages.changePassword(request),
    async setOwnPassword(newPassword) {
      const state = store.getState();
      if (state.kind !== 'passwordDue') return;
      const changed = await pages.changePassword({ oldPassword: state.login.password, newPassword });
      if (!changed.ok) return store.setState({ ...state, refusal: changed.refusal }, true);
      await open(state.by);
    },
    async nameFirst(request) {
      const named = await pages.nameFirstAdministrator(request);
      if (!named.ok) return store.setState({ kind: 'nobodyYet', refusal: named.refusal }, true);
      await logIn({ account: request.account, password: request.password });
    },
    choose: (person) => void foresee(person === null ? nobodyYet : draftOf(person)),
    edit(change) {
      const state = store.getState();
      if (state.kind === 'open' && state.draft !== null) void foresee({ ...state.draft, ...change });
    },
    async save() {
      const state = store.getState();
      if (state.kind !== 'open' || state.draft === null) return;
      const { personId, account, name } = state.draft;
      const rights = rightsOf(state.draft);
      if (personId !== null) return await run({ change: 'setRights', personId, ...rights });
      const added = valueOf(await pages.add({ account, name, ...rights }));
      if (added === null) return;
      const people = valueOf(await pages.people());
      if (people !== null) show({ people });
      await foresee(draftOf(added.person));
      if (added.newPassword !== null) show({ newPassword: { account, password: added.newPassword } });
    },
    change: run,
  };
}

const nobodyYet: Draft = { personId: null, account: '', name: '', roles: [], territory: [], unitId: null };

function draftOf({ personId, account, name, roles, territory, unitId }: AccountView): Draft {
  return { personId, account, name, roles, territory, unitId: unitId ?? null };
}

/** Who is no liaison speaks for no department. */
function rightsOf({ roles, territory, unitId }: Draft) {
  const ofUnit = unitId === null || !roles.includes('unitLiaison') ? {} : { unitId };
  return { roles: [...roles], territory: [...territory], ...ofUnit };
}
