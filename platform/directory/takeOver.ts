import { type CameraFactDraft, type CamerasState, decideMoves, decideProbesOutdated, evolveCamerasAll } from '#contract/cameras/index.ts';
import { feedsLeft, narrowerFeeds, type Places } from '#contract/catalogue/index.ts';
import { type Actor, countyFeed } from '#contract/record/index.ts';
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
 * Makes a revision true: rows, sources and the one fact `directory.imported` in one transaction, with what has to be handed over where a
 * camera came to another town, village or unit (`cameras.movedOut`, `cameras.movedIn`), and which results of probes are of addresses that
 * are no more (`cameras.probeOutdated`). Answers the new revision's number,
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
    decide: (view) => {
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
      const places = directory.placesAfter(change);
      const { cameras } = view.stateOf(countyFeed(countyId));
      const outdated = decideProbesOutdated(cameras, change.sourcesOf);
      // Their time says nothing here: what is handed over is what is left of them.
      const left = outdated.map((draft) => ({ ...draft, atMs: 0 }));
      const moves = movesOf({ cameras: evolveCamerasAll(cameras, left), places });
      return granted({ facts: [fact, ...outdated.map(toFactDraft), ...moves], directory: change, places, published });
    },
  });
  return outcome.ok ? granted(number) : outcome;
}

/** Looks at every camera that has a condition: a village that changes its town takes its cameras along without a row of theirs. */
function movesOf({ cameras, places }: { cameras: CamerasState; places: Required<Places> }): readonly FactDraft[] {
  const feedsOf = (place: ReturnType<Places['placeOf']>) => narrowerFeeds(place).join(' ');
  const moved = [...cameras.keys()].filter((id) => feedsOf(places.placeOf(id)) !== feedsOf(places.placeBefore(id)));
  const told = moved.map((cameraId) => ({ cameraId, leaves: feedsLeft(cameraId, places).length > 0 ? 'some' : 'none' }) as const);
  return decideMoves(cameras, told).map(toFactDraft);
}

function toFactDraft({ type, payload }: CameraFactDraft): FactDraft {
  return { type, subject: `camera/${payload.cameraId}`, payload };
}

function countsAfter({ directory, revision }: { directory: Directory; revision: Revision }) {
  const counts = directory.counts();
  for (const row of revision.rows) {
    if (row.kind !== 'polygons' && directory.compare(row) === 'added') counts[row.kind] += 1;
  }
  return counts;
}
