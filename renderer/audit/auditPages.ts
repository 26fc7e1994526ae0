import { z } from 'zod';
import { type LoginRequest, SessionOpened } from '#contract/access/index.ts';
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
import { granted, type Result, refused } from '#contract/values/index.ts';

/** The platform's pages as auditors ask them. The session lives in this object alone: a reload asks for a new log-in. */
export type AuditPages = {
  /** Whether the demo's accounts are offered. */
  isDemo(): Promise<boolean>;
  logIn(request: LoginRequest): Promise<Result<SessionOpened>>;
  logOut(): Promise<void>;
  choices(): Promise<Result<AuditChoices>>;
  looking(query: LookingQuery): Promise<Result<LookingPage>>;
  audit(query: AuditQuery): Promise<Result<AuditPage>>;
  faults(query: FaultQuery): Promise<Result<FaultPage>>;
  exported(request: RegisterExport): Promise<Result<LookingPage | AuditPage>>;
  verify(): Promise<Result<RecordVerified>>;
};

const Refused = z.object({ code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() });

/** Asks the platform that this page came from. */
export function createAuditPages({ fetch }: { fetch: typeof globalThis.fetch }): AuditPages {
  let session: string | null = null;

  async function ask<Answer>(path: string, { body, answer }: { body?: object; answer: z.ZodType<Answer> }): Promise<Result<Answer>> {
    try {
      const response = await fetch(path, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json', ...(session === null ? {} : { authorization: `Bearer ${session}` }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const content: unknown = await response.json();
      if (response.ok) return granted(answer.parse(content));
      const { code, params } = Refused.parse(content);
      return refused(code, params);
    } catch {
      return refused('bus.unreachable');
    }
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
    choices: () => ask(routes.auditChoices, { answer: AuditChoices }),
    looking: (query) => ask(routes.looking, { body: query, answer: LookingPage }),
    audit: (query) => ask(routes.auditEntries, { body: query, answer: AuditPage }),
    faults: (query) => ask(routes.faults, { body: query, answer: FaultPage }),
    exported: (request) =>
      ask(routes.auditExport, {
        body: request,
        answer: request.register === 'looking' ? LookingPage : (AuditPage as z.ZodType<LookingPage | AuditPage>),
      }),
    verify: () => ask(routes.auditVerify, { body: {}, answer: RecordVerified }),
  };
}
