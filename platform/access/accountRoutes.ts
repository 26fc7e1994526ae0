import type { Context } from 'hono';
import { AddPerson, PersonChange, type PersonChanged, PreviewRights, type RightsPreview } from '#contract/access/index.ts';
import type { Result } from '#contract/values/index.ts';
import type { Accounts } from './accounts.ts';
import type { SurfaceAnswers } from './surfaces.ts';

/** Pages of the administrator: who has an account, what he may, and what he would see. */
export function accountAnswers({
  accounts,
  preview,
}: {
  accounts: Accounts;
  preview: (rights: PreviewRights) => RightsPreview;
}): SurfaceAnswers<'people' | 'addPerson' | 'changePerson' | 'previewRights'> {
  return {
    people: ({ context }) => context.json(accounts.list()),
    async addPerson({ context, caller }) {
      const asked = AddPerson.safeParse(await bodyOf(context));
      return asked.success ? outcome(context, await accounts.add(asked.data, caller.person.personId)) : unreadable(context);
    },
    async changePerson({ context, caller }) {
      const asked = PersonChange.safeParse(await bodyOf(context));
      return asked.success ? outcome(context, await accounts.change(asked.data, caller.person.personId)) : unreadable(context);
    },
    async previewRights({ context }) {
      const rights = PreviewRights.safeParse(await bodyOf(context));
      return rights.success ? context.json(preview(rights.data)) : unreadable(context);
    },
  };
}

async function bodyOf(context: Context): Promise<unknown> {
  return await context.req.json().catch(() => null);
}

function unreadable(context: Context): Response {
  return context.json({ code: 'bus.badMessage' }, 400);
}

function outcome(context: Context, changed: Result<PersonChanged>): Response {
  return changed.ok ? context.json(changed.value) : context.json(changed.refusal, changed.refusal.code === 'bus.notRecorded' ? 503 : 409);
}
