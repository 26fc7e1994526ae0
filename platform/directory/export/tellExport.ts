import type { ExportRequest } from '#contract/directory/index.ts';
import type { Actor } from '#contract/record/index.ts';
import { granted, type Result } from '#contract/values/index.ts';
import type { FactDraft, Writer } from '../../record/index.ts';

/** Puts an export on the record before anything is handed out; refused when the record refuses, and then there is no export. */
export async function tellExport({
  writer,
  actor,
  request,
}: {
  writer: Writer;
  actor: Actor;
  request: ExportRequest;
}): Promise<Result<unknown>> {
  const fact: FactDraft = { type: 'audit.directoryExported', subject: 'directory/export', payload: request };
  return await writer.submit({ key: null, actor, decide: () => granted({ facts: [fact] }) });
}
