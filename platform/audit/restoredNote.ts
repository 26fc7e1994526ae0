import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { z } from 'zod';
import { auditFacts } from '#contract/audit/index.ts';

/** What a restore says of itself, to be told to the audit at the platform's next start. */
export type RestoredNote = z.infer<(typeof auditFacts)['audit.restored']>;

const noteName = 'restored.json';

/** Leaves the note in a folder that was put back from a backup. */
export function leaveRestoredNote(folder: string, note: RestoredNote): void {
  writeFileSync(path.join(folder, noteName), `${JSON.stringify(note)}\n`, { mode: 0o600, flush: true });
}

/** The note of a folder, as long as it was not told; null = there is none. Throws when it cannot be read: nobody may lose it silently. */
export function restoredNoteOf(folder: string): { readonly note: RestoredNote; forget(): void } | null {
  const file = path.join(folder, noteName);
  if (!existsSync(file)) return null;
  const note = auditFacts['audit.restored'].safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!note.success) throw new Error(`${file} says that this folder was restored, but not how. Restore it again.`);
  return { note: note.data, forget: () => rmSync(file, { force: true }) };
}
