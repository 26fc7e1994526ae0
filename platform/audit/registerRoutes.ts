import type { Context } from 'hono';
import type { z } from 'zod';
import { may } from '#contract/access/index.ts';
import {
  type AuditChoices,
  AuditQuery,
  FaultQuery,
  LookingQuery,
  type RecordVerified,
  RegisterExport,
  registerLimits,
} from '#contract/audit/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { granted, type Refusal, type Result, refused } from '#contract/values/index.ts';
import { type Caller, callerActor, type PageRefused, type SignedIn, type SurfaceAnswers } from '../access/index.ts';
import type { Directory } from '../directory/index.ts';
import type { CountyProfile } from '../ports.ts';
import { type AskedRegister, unreadableField } from './askedRegister.ts';
import { filterNames } from './filterNames.ts';
import type { Names } from './namedRows.ts';
import type { RegisterQueries } from './registerQueries.ts';

/** Rows of a page when nothing is asked. */
const usualRows = 50;

type Answers = SurfaceAnswers<'auditChoices' | 'readLooking' | 'readAudit' | 'readFaults' | 'exportRegister' | 'verifyRecord'>;
type Paged = { readonly rows: readonly unknown[] };

/** The registers in pages. Whoever asks is on the record before he is answered; what cannot be put there is not answered. */
export function registerAnswers({
  queries,
  asked,
  names,
  directory,
  county,
  verify,
  onRefused,
}: {
  queries: RegisterQueries;
  asked: AskedRegister;
  names: Names;
  directory: Directory;
  county: CountyProfile;
  verify: () => Promise<RecordVerified>;
  /** Told of what the guards of pages for everybody do not tell themselves. */
  onRefused: (refused: PageRefused) => void;
}): Answers {
  /** Reads the question, asks, tells the record, answers. */
  async function answer<Query extends { camera?: string | undefined }, Page extends Paged>({
    context,
    actor,
    surface,
    schema,
    ask,
  }: {
    context: Context;
    actor: Actor;
    surface: 'looking' | 'audit' | 'faults';
    schema: z.ZodType<Query>;
    ask: (query: Query) => Promise<Result<Page>>;
  }): Promise<Response> {
    const query = schema.safeParse(await bodyOf(context));
    const found = query.success ? await ask(query.data) : refused('audit.badQuery', { field: unreadableField(query.error) });
    if (!found.ok) return context.json(found.refusal, 400);
    const filters = query.success ? filterNames(query.data) : [];
    const text = query.data?.camera ?? '';
    const told = await asked.searched({ actor, surface, text, filters, rows: found.value.rows.length });
    return told.ok ? context.json(found.value) : context.json(told.refusal satisfies Refusal, 503);
  }

  return {
    auditChoices: ({ context }) => context.json(choices({ names, directory, county })),
    readLooking: ({ context, caller }) =>
      answer({
        ...{ context, actor: personOf(caller), surface: 'looking', schema: LookingQuery },
        ask: (query) => queries.looking(query, { territory: caller.person.territory, limit: query.limit ?? usualRows }),
      }),
    readAudit: ({ context, caller }) =>
      answer({
        ...{ context, actor: personOf(caller), surface: 'audit' },
        schema: AuditQuery as z.ZodType<AuditQuery & { camera?: undefined }>,
        ask: (query) => queries.audit(query, query.limit ?? usualRows),
      }),
    async readFaults({ context, caller }) {
      const answered = await answer({
        ...{ context, actor: actorOf(caller), surface: 'faults', schema: FaultQuery },
        ask: (query) =>
          queries.faults(query, { territory: readableFrom(caller), limit: query.limit ?? usualRows, people: peopleFor(caller) }),
      });
      if (answered.status === 400) onRefused({ page: 'readFaults', code: 'audit.badQuery', asker: caller });
      return answered;
    },
    async exportRegister({ context, caller }) {
      const actor = personOf(caller);
      const request = RegisterExport.safeParse(await bodyOf(context));
      const found = request.success
        ? await exported({ queries, request: request.data, caller })
        : refused('audit.badQuery', { field: unreadableField(request.error) });
      if (!found.ok) return context.json(found.refusal, 400);
      const { register, query } = found.value.request;
      const told = await asked.exported({ actor, register, filters: filterNames(query), rows: found.value.page.rows.length });
      return told.ok ? context.json(found.value.page) : context.json(told.refusal, 503);
    },
    verifyRecord: async ({ context }) => context.json(await verify()),
  };
}

async function exported({
  queries,
  request,
  caller,
}: {
  queries: RegisterQueries;
  request: RegisterExport;
  caller: SignedIn;
}): Promise<Result<{ request: RegisterExport; page: Paged }>> {
  const limit = registerLimits.exportRows;
  const { territory } = caller.person;
  const page = await rowsOf();
  return page.ok ? granted({ request, page: page.value }) : page;

  async function rowsOf(): Promise<Result<Paged>> {
    switch (request.register) {
      case 'looking':
        return await queries.looking({ ...request.query, cursor: undefined }, { territory, limit });
      case 'audit':
        return await queries.audit({ ...request.query, cursor: undefined }, limit);
      case 'faults':
        return await queries.faults({ ...request.query, cursor: undefined }, { territory, limit, people: 'named' });
    }
  }
}

/** Who reported a fault is an auditor's to know; others read that somebody did. */
function peopleFor(caller: Caller): 'named' | 'nameless' {
  const actor = callerActor(caller);
  return may(actor, 'audit.read', { regionPath: actor.territory }) ? 'named' : 'nameless';
}

/** The regions that the policy lets him read in, each with all below it. */
function readableFrom(caller: Caller) {
  const actor = callerActor(caller);
  return actor.territory.filter((region) => may(actor, 'feed.read', { regionPath: [region] }));
}

function choices({ names, directory, county }: { names: Names; directory: Directory; county: CountyProfile }): AuditChoices {
  const { name, nameEn, timeZone } = county;
  const regions = directory
    .rows('regions')
    .filter(({ level }) => level !== 'grid')
    .map((region) => ({ id: region.id, level: region.level, parentId: region.parentId, name: region.name, nameEn: region.nameEn }));
  return { county: { name, nameEn, timeZone }, people: names.everybody(), regions };
}

async function bodyOf(context: Context): Promise<unknown> {
  return await context.req.json().catch(() => null);
}

function personOf({ person }: SignedIn): Actor {
  return `person/${person.personId}` as Actor;
}

function actorOf(caller: Caller): Actor {
  return caller.kind === 'person' ? personOf(caller.signedIn) : (`device/${caller.device.deskId}` as Actor);
}
