import { toCsv } from '#contract/audit/index.ts';
import type { HealthRow } from '#contract/cameras/index.ts';

/** What stands in the file beside the bare figures, in the console's language. */
export type HealthWords = {
  readonly columns: readonly string[];
  readonly state: (row: HealthRow) => string;
  readonly name: (row: HealthRow) => string;
  readonly time: (atMs: number) => string;
  readonly grade: (row: HealthRow) => string;
  readonly remarks: (row: HealthRow) => string;
  readonly day: (atMs: number) => string;
};

/** The rows as a spreadsheet reads them: one line per camera, figures as bare numbers in s and kbit/s, empty where nothing is known. */
export function healthCsv(rows: readonly HealthRow[], { columns, state, name, time, grade, remarks, day }: HealthWords): string {
  const figure = (value: number | null | undefined) => (value == null ? '' : String(value));
  const moment = (atMs: number | null | undefined) => (atMs == null ? '' : time(atMs));
  const probedAt = (probe: { atMs: number } | null | undefined) => (probe == null ? '' : `${day(probe.atMs)} ${time(probe.atMs)}`);
  return toCsv([
    columns,
    ...rows.map((row) => {
      const { camera, sinceMs, live, condition } = row;
      return [
        ...[camera.number, name(row), state(row), moment(sinceMs)],
        ...[figure(live?.framesPerSecond), figure(live?.bitsPerSecond == null ? null : Math.round(live.bitsPerSecond / 1000))],
        ...[figure(live?.delayMs == null ? null : live.delayMs / 1000), live === null ? '' : figure(row.restarts)],
        ...[live === null ? '' : figure(row.viewers), figure(secondsOf(condition?.clock?.offsetMs ?? live?.clockOffsetMs ?? null))],
        ...[moment(live?.lastPictureAtMs), grade(row), remarks(row), probedAt(condition?.probed)],
        ...[camera.maintainer, camera.maintainerPhone],
      ];
    }),
  ]);
}

function secondsOf(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 1000);
}
