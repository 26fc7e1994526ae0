import type { z } from 'zod';
import {
  AuditChoices,
  AuditPage,
  type AuditQuery,
  FaultPage,
  type FaultQuery,
  LookingPage,
  type LookingQuery,
  RecordVerified,
  type RegisterExport,
} from '#contract/audit/index.ts';
import { routes } from '#contract/bus/index.ts';
import { granted, type Result } from '#contract/values/index.ts';
import { openPageSession, type PageSession } from '../access/index.ts';

/** A register's rows as one list. */
export type Exported =
  | { readonly register: 'looking'; readonly page: LookingPage }
  | { readonly register: 'audit'; readonly page: AuditPage }
  | { readonly register: 'faults'; readonly page: FaultPage };

/** The platform's pages as auditors ask them. The session lives in this object alone: a reload asks for a new log-in. */
export type AuditPages = Omit<PageSession, 'ask'> & {
  choices(): Promise<Result<AuditChoices>>;
  looking(query: LookingQuery): Promise<Result<LookingPage>>;
  audit(query: AuditQuery): Promise<Result<AuditPage>>;
  faults(query: FaultQuery): Promise<Result<FaultPage>>;
  exported(request: RegisterExport): Promise<Result<Exported>>;
  verify(): Promise<Result<RecordVerified>>;
};

/** Asks the platform that this page came from. */
export function createAuditPages({ fetch }: { fetch: typeof globalThis.fetch }): AuditPages {
  const { ask, ...session } = openPageSession({ fetch });

  return {
    ...session,
    choices: () => ask(routes.auditChoices, { answer: AuditChoices }),
    looking: (query) => ask(routes.looking, { body: query, answer: LookingPage }),
    audit: (query) => ask(routes.auditEntries, { body: query, answer: AuditPage }),
    faults: (query) => ask(routes.faults, { body: query, answer: FaultPage }),
    exported: async (request) => {
      const answer = await ask(routes.auditExport, { body: request, answer: pageSchemas[request.register] });
      return answer.ok ? granted({ register: request.register, page: answer.value } as Exported) : answer;
    },
    verify: () => ask(routes.auditVerify, { body: {}, answer: RecordVerified }),
  };
}

const pageSchemas: { readonly [Register in RegisterExport['register']]: z.ZodType<Exported['page']> } = {
  looking: LookingPage,
  audit: AuditPage,
  faults: FaultPage,
};
