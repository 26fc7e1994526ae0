import { may } from '#contract/access/index.ts';
import { type LoadHistory, sameHours, silentAfterMs } from '#contract/incidents/index.ts';
import type { Clock } from '#contract/values/index.ts';
import { callerActor, type SurfaceAnswers } from '../access/index.ts';
import type { RecordStore } from '../record/index.ts';

/** What was usual at this hour in the asker's territory, and since when nothing was reported of its grids. */
export function loadHistoryAnswers({
  store,
  clock,
}: {
  store: Pick<RecordStore, 'firstReportAtMs' | 'readLoads'>;
  clock: Clock;
}): SurfaceAnswers<'loadHistory'> {
  return {
    async loadHistory({ context, caller }) {
      const actor = callerActor(caller);
      const territory = actor.territory.filter((region) => may(actor, 'feed.read', { regionPath: [region] }));
      const nowMs = clock.nowMs();
      const sinceMs = await store.firstReportAtMs();
      const instants = sameHours({ nowMs, sinceMs });
      const grids = await store.readLoads({ territory, instants, reportedAfterMs: nowMs - silentAfterMs });
      return context.json({ atMs: nowMs, sinceMs, weeks: instants.length, grids: [...grids] } satisfies LoadHistory);
    },
  };
}
