import { z } from 'zod';
import { EpochMs, PersonId } from '#contract/values/index.ts';
import { createLastingFile, type LastingList } from './lastingFile.ts';
import type { StoredPerson } from './store.ts';

/** How an account stood from a moment on. Opaque ids only. */
export const Standing = z.strictObject({ personId: PersonId, isDisabled: z.boolean(), atMs: EpochMs });
export type Standing = z.infer<typeof Standing>;

/** Who was disabled, and enabled again: a backup that is put back must not let anybody in again who was shut out since. */
export type StandingList = LastingList<Standing>;

/** The list's file name in a data folder. */
export const standingListName = 'account-standings.jsonl';

/** The list in a data folder. */
export function createStandingFile(file: string): StandingList {
  return createLastingFile({ file, row: Standing });
}

/** Brings the list to where the accounts are: at each start, and after each change. Whoever was never disabled is not in it. */
export function keepStandings({
  people,
  standings,
  nowMs,
}: {
  people: readonly Pick<StoredPerson, 'personId' | 'isDisabled'>[];
  standings: StandingList;
  nowMs: number;
}): void {
  const disabled = disabledIn(standings.read());
  const moved = people.filter(({ personId, isDisabled }) => isDisabled !== disabled.has(personId));
  standings.append(moved.map(({ personId, isDisabled }) => ({ personId, isDisabled, atMs: nowMs })));
}

/** Who is disabled by the last word about him. */
export function disabledIn(rows: readonly Standing[]): ReadonlySet<PersonId> {
  const last = new Map(rows.toSorted((a, b) => a.atMs - b.atMs).map(({ personId, isDisabled }) => [personId, isDisabled]));
  return new Set([...last].flatMap(([personId, isDisabled]) => (isDisabled ? [personId] : [])));
}
