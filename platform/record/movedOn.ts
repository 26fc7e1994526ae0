import type { Actor } from '#contract/record/index.ts';
import type { Draft } from './feeds.ts';
import type { RecordStore } from './store.ts';

/** A fact as it was decided: what it is about, and its payload with the version that it gives it. */
type Told = { readonly subject: string; readonly payload: object };

/** The version that a payload gives what it is about; null where there is none. */
export function versionOf(payload: object): number | null {
  return 'version' in payload && typeof payload.version === 'number' ? payload.version : null;
}

/**
 * Whether somebody else has changed what a command would change since its person looked at it (`lookedAtVersion`): the version that it
 * has now, or null when nobody did. What a command changes is what its first fact is about; the person's own changes are no surprise to him.
 */
export async function movedOnTo({
  told,
  lookedAtVersion,
  actor,
  draft,
  store,
}: {
  told: Told | undefined;
  lookedAtVersion: number;
  actor: Actor;
  draft: Draft;
  store: Pick<RecordStore, 'isChangedByOthers'>;
}): Promise<number | null> {
  const next = told === undefined ? null : versionOf(told.payload);
  if (told === undefined || next === null || next - 1 <= lookedAtVersion) return null;
  const { subject } = told;
  // What the batch itself has changed so far is not in the store yet.
  const isChangedNow = draft
    .indexed()
    .some(({ fact }) => fact.subject === subject && fact.actor !== actor && (versionOf(JSON.parse(fact.payload)) ?? 0) > lookedAtVersion);
  const isChanged = isChangedNow || (await store.isChangedByOthers({ subject, version: lookedAtVersion, notBy: actor }));
  return isChanged ? next - 1 : null;
}
