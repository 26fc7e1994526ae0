import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LoginRequest, PersonView } from '#contract/access/index.ts';
import type { AuditChoices, AuditPage, FaultPage, LookingPage, RecordVerified, RegisterExport } from '#contract/audit/index.ts';
import type { Refusal, Result } from '#contract/values/index.ts';
import type { AuditPages, Exported } from './auditPages.ts';
import { auditQuery, type Asked, faultQuery, lookingQuery, noFilter } from './asked.ts';

/** Which register is shown. */
export type Shown = 'looking' | 'audit' | 'faults';

/** A register's page on screen. `cursors` leads back: the places that were asked from so far, the last one being this page's. */
export type Leaf =
  | { readonly register: 'looking'; readonly page: LookingPage; readonly open: LookingPage | null }
  | { readonly register: 'audit'; readonly page: AuditPage }
  | { readonly register: 'faults'; readonly page: FaultPage };

/** The page: nobody signed in, somebody who is no auditor, or a register with its filter. */
export type AuditState =
  | { readonly kind: 'signedOut'; readonly refusal: Refusal | null }
  | { readonly kind: 'noAuditor'; readonly by: PersonView }
  | {
      readonly kind: 'open';
      readonly by: PersonView;
      readonly choices: AuditChoices;
      readonly asked: Asked;
      readonly leaf: Leaf | null;
      readonly cursors: readonly (string | null)[];
      readonly isAsking: boolean;
      readonly verified: RecordVerified | 'running' | null;
      readonly refusal: Refusal | null;
    };
type OpenState = Extract<AuditState, { kind: 'open' }>;

/** What an auditor does here. Every act answers in the state. */
export type AuditDesk = {
  readonly store: StoreApi<AuditState>;
  readonly isDemo: boolean;
  logIn(request: LoginRequest): Promise<void>;
  logOut(): Promise<void>;
  /** Another register; the filter's time and cameras go with it. */
  show(register: Shown): Promise<void>;
  /** Narrows what is asked, and asks at once from the newest row on. */
  narrow(change: Partial<Asked>): Promise<void>;
  /** To the next older page, or back to the one before. */
  turn(where: 'older' | 'newer'): Promise<void>;
  verify(): Promise<void>;
  /** All rows of what is asked; null = refused, which is shown. */
  exported(): Promise<Exported | null>;
};

/** Holds the page's state; asks the platform for everything. */
export function createAuditDesk({ pages, isDemo }: { pages: AuditPages; isDemo: boolean }): AuditDesk {
  const store = createStore<AuditState>(() => ({ kind: 'signedOut', refusal: null }));
  const show = (change: Partial<OpenState>) => store.setState((state) => (state.kind === 'open' ? { ...state, ...change } : state), true);
  let asking = 0;

  /** The value, or null with the refusal shown; an ended session leads back to the log-in, and nothing stays on the page. */
  function valueOf<Value>(result: Result<Value>): Value | null {
    if (result.ok) return result.value;
    if (result.refusal.code === 'access.sessionEnded') store.setState({ kind: 'signedOut', refusal: result.refusal }, true);
    else show({ refusal: result.refusal });
    return null;
  }

  async function read(cursors: readonly (string | null)[]): Promise<void> {
    const state = store.getState();
    if (state.kind !== 'open') return;
    const own = (asking += 1);
    show({ isAsking: true, refusal: null });
    const leaf = await leafOf({ pages, state, cursor: cursors.at(-1) ?? null });
    // A slower answer to an earlier question is not about this one.
    if (own !== asking) return;
    show({ isAsking: false });
    const value = valueOf(leaf);
    if (value !== null) show({ leaf: value, cursors });
  }

  return {
    store,
    isDemo,
    async logIn(request) {
      const opened = await pages.logIn(request);
      if (!opened.ok) return store.setState({ kind: 'signedOut', refusal: opened.refusal }, true);
      const by = opened.value.person;
      const choices = await pages.choices();
      if (!choices.ok && choices.refusal.code === 'access.notAllowed') return store.setState({ kind: 'noAuditor', by }, true);
      if (!choices.ok) return store.setState({ kind: 'signedOut', refusal: choices.refusal }, true);
      const empty = { asked: noFilter, leaf: null, cursors: [null], isAsking: false, verified: null, refusal: null };
      store.setState({ kind: 'open', by, choices: choices.value, ...empty }, true);
      await read([null]);
    },
    async logOut() {
      asking += 1;
      store.setState({ kind: 'signedOut', refusal: null }, true);
      await pages.logOut();
    },
    async show(register) {
      const state = store.getState();
      if (state.kind === 'open') show({ asked: { ...state.asked, register }, leaf: null });
      await read([null]);
    },
    async narrow(change) {
      const state = store.getState();
      if (state.kind === 'open') show({ asked: { ...state.asked, ...change } });
      await read([null]);
    },
    async turn(where) {
      const state = store.getState();
      if (state.kind !== 'open' || state.leaf === null) return;
      if (where === 'newer') return await read(state.cursors.length > 1 ? state.cursors.slice(0, -1) : [null]);
      const { nextCursor } = state.leaf.page;
      if (nextCursor !== null) await read([...state.cursors, nextCursor]);
    },
    async verify() {
      show({ verified: 'running' });
      const verified = valueOf(await pages.verify());
      show({ verified });
    },
    async exported() {
      const state = store.getState();
      if (state.kind !== 'open') return null;
      return valueOf(await pages.exported(exportOf(state.asked, state.choices.county.timeZone)));
    },
  };
}

function exportOf(asked: Asked, timeZone: string): RegisterExport {
  switch (asked.register) {
    case 'looking':
      return { register: 'looking', query: lookingQuery(asked, timeZone) };
    case 'audit':
      return { register: 'audit', query: auditQuery(asked, timeZone) };
    case 'faults':
      return { register: 'faults', query: faultQuery(asked, timeZone) };
  }
}

async function leafOf({
  pages,
  state: { asked, choices },
  cursor,
}: {
  pages: AuditPages;
  state: OpenState;
  cursor: string | null;
}): Promise<Result<Leaf>> {
  const { timeZone } = choices.county;
  const place = cursor === null ? {} : { cursor };
  switch (asked.register) {
    case 'looking': {
      const query = lookingQuery(asked, timeZone);
      const page = await pages.looking({ ...query, ...place });
      // What is open now stands first, whenever it was opened; on the first page only.
      const open = cursor === null && query.standing === undefined ? await pages.looking({ ...query, standing: 'open', limit: 200 }) : null;
      if (!page.ok) return page;
      if (open !== null && !open.ok) return open;
      return { ok: true, value: { register: 'looking', page: page.value, open: open === null ? null : open.value } };
    }
    case 'audit': {
      const page = await pages.audit({ ...auditQuery(asked, timeZone), ...place });
      return page.ok ? { ok: true, value: { register: 'audit', page: page.value } } : page;
    }
    case 'faults': {
      const page = await pages.faults({ ...faultQuery(asked, timeZone), ...place });
      return page.ok ? { ok: true, value: { register: 'faults', page: page.value } } : page;
    }
  }
}
