import type { Actor } from '#contract/record/index.ts';
import { type CountyId, granted, type Result } from '#contract/values/index.ts';
import type { DirectoryChange, FactDraft, SourceRow, Writer } from '../record/index.ts';
import type { Directory, TypedRow } from './directory.ts';

/** What a revision brings: rows to add or replace, and the sources of the cameras it speaks of. */
export type Revision = {
  readonly rows: readonly TypedRow[];
  readonly sources: readonly SourceRow[];
  readonly sourcesOf: readonly SourceRow['cameraId'][];
};

/**
 * Makes a revision true: rows, sources and the one fact `directory.imported` in one transaction. Answers the new revision's number,
 * null when everything was there already. `onApplied` runs after the commit, before anybody reads the fact.
 */
export async function takeOver({
  revision,
  actor,
  directory,
  countyId,
  writer,
  onApplied,
}: {
  revision: Revision;
  actor: Actor;
  directory: Directory;
  countyId: CountyId;
  writer: Writer;
  onApplied: (change: DirectoryChange) => void;
}): Promise<Result<number | null>> {
  let number: number | null = null;
  const outcome = await writer.submit({
    key: null,
    actor,
    batch: 'alone',
    decide: () => {
      const change = directory.nextRevision(revision);
      if (change === null) return granted({ facts: [] });
      number = change.revision;
      const counts = countsAfter({ directory, revision });
      const fact: FactDraft = {
        type: 'directory.imported',
        subject: `county/${countyId}`,
        payload: { countyId, revision: change.revision, counts, contentHash: change.contentHash },
      };
      const published = () => {
        directory.apply(change);
        onApplied(change);
      };
      return granted({ facts: [fact], directory: change, published });
    },
  });
  return outcome.ok ? granted(number) : outcome;
}

function countsAfter({ directory, revision }: { directory: Directory; revision: Revision }) {
  const counts = directory.counts();
  for (const row of revision.rows) {
    if (row.kind !== 'polygons' && directory.compare(row) === 'added') counts[row.kind] += 1;
  }
  return counts;
}
