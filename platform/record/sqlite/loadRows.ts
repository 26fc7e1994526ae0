import type { DatabaseSync } from 'node:sqlite';
import type { LoadRow, LoadsAsked } from '../readModels/queries.ts';
import { regionsBelow } from './regionsBelow.ts';

/** From when to when each incident was open, and what is asked of that. */
export function createLoadRows(database: DatabaseSync) {
  const report = database.prepare(
    `INSERT INTO incident_spans (incident_id, region_id, from_ms, until_ms) VALUES (?, ?, ?, NULL)
     ON CONFLICT (incident_id) DO UPDATE SET region_id = excluded.region_id, until_ms = NULL`,
  );
  const close = database.prepare('UPDATE incident_spans SET until_ms = ? WHERE incident_id = ? AND until_ms IS NULL');
  const first = database.prepare('SELECT min(from_ms) AS at FROM incident_spans');
  const openAt = database.prepare(
    `SELECT region_id, count(*) AS n FROM incident_spans
     WHERE from_ms <= ? AND (until_ms IS NULL OR until_ms > ?) AND region_id IN (${regionsBelow}) GROUP BY region_id`,
  );
  const lately = database.prepare(
    `SELECT region_id, max(from_ms) AS at FROM incident_spans WHERE from_ms > ? AND region_id IN (${regionsBelow}) GROUP BY region_id`,
  );
  return {
    reported: ({ incidentId, regionId, atMs }: { incidentId: string; regionId: string; atMs: number }) =>
      void report.run(incidentId, regionId, atMs),
    closed: ({ incidentId, atMs }: { incidentId: string; atMs: number }) => void close.run(atMs, incidentId),
    firstReportAtMs: () => (first.get() as { at: number | null }).at,
    readLoads({ territory, instants, reportedAfterMs }: LoadsAsked): readonly LoadRow[] {
      const within = JSON.stringify(territory);
      const rows = new Map<string, { openThen: number; lastReportedAtMs: number | null }>();
      const rowOf = (regionId: string) => {
        const row = rows.get(regionId) ?? { openThen: 0, lastReportedAtMs: null };
        rows.set(regionId, row);
        return row;
      };
      for (const atMs of instants) {
        for (const { region_id: regionId, n } of openAt.all(atMs, atMs, within)) rowOf(String(regionId)).openThen += Number(n);
      }
      for (const { region_id: regionId, at } of lately.all(reportedAfterMs, within)) rowOf(String(regionId)).lastReportedAtMs = Number(at);
      return [...rows].map(([regionId, row]) => ({ regionId, ...row }) as LoadRow);
    },
  };
}
