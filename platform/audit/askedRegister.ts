import type { z } from 'zod';
import type { AuditFact } from '#contract/audit/index.ts';
import { type Actor } from '#contract/record/index.ts';
import { type CountyId, granted, type Result } from '#contract/values/index.ts';
import type { Writer } from '../record/index.ts';
import type { AuditKeys } from './auditKeys.ts';

type Searched = Extract<AuditFact, { type: 'audit.searched' }>['payload'];
type Exported = Extract<AuditFact, { type: 'audit.registerExported' }>['payload'];

/** Puts on the record who asked for what, before it is answered. A refusal means: do not answer. */
export type AskedRegister = {
  /** `text` is what was typed: only its keyed hash and length are kept. */
  searched(asked: { actor: Actor; text: string } & Omit<Searched, 'textHash' | 'textLength'>): Promise<Result<unknown>>;
  exported(asked: { actor: Actor } & Exported): Promise<Result<unknown>>;
};

/** Facts of the audit feed, with the platform's key for what must be compared but not read. */
export function createAskedRegister({
  writer,
  keys,
  countyId,
}: {
  writer: Writer;
  keys: Pick<AuditKeys, 'keyedHash'>;
  countyId: CountyId;
}): AskedRegister {
  async function record(actor: Actor, fact: AuditFact): Promise<Result<unknown>> {
    return await writer.submit({ key: null, actor, decide: () => granted({ facts: [{ ...fact, subject: `county/${countyId}` }] }) });
  }

  return {
    searched({ actor, text, ...payload }) {
      const normal = text.normalize('NFKC').trim().toLowerCase();
      const typed = { textHash: normal === '' ? null : keys.keyedHash(`searched ${normal}`), textLength: text.length };
      return record(actor, { type: 'audit.searched', payload: { ...payload, ...typed } });
    },
    exported: ({ actor, ...payload }) => record(actor, { type: 'audit.registerExported', payload }),
  };
}

/** The name of the field that a question cannot be read for. */
export function unreadableField(error: z.core.$ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'body';
  const path = issue.path.map(String).filter((part) => part !== 'query');
  if (path.length > 0) return path.join('.');
  return issue.code === 'unrecognized_keys' ? (issue.keys[0] ?? 'body') : 'body';
}
