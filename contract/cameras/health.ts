import { z } from 'zod';
import { CameraId, EpochMs } from '#contract/values/index.ts';
import { type Camera, StreamQuality } from './camera.ts';
import { type Graded, gradeOf } from './grade.ts';
import type { CameraCondition, CamerasState } from './rules.ts';

/** One open source at the gateway, as it is now. Rates over its last seconds; null = not known. */
export const LiveSource = z.strictObject({
  cameraId: CameraId,
  quality: StreamQuality,
  state: z.enum(['starting', 'flowing', 'unmoving', 'lost']),
  sinceMs: EpochMs,
  viewers: z.int().min(0),
  restarts: z.int().min(0),
  framesPerSecond: z.number().nullable(),
  bitsPerSecond: z.number().nullable(),
  /** How much later than the quickest of the last ten minutes the newest picture came; only with a proven camera clock. */
  delayMs: z.number().nullable(),
  /** What is to be added to the camera's clock to get the platform's. */
  clockOffsetMs: z.number().nullable(),
  lastPictureAtMs: EpochMs.nullable(),
  /** What the last failed start is known to have failed by; a refusal code. */
  fault: z.string().max(64).nullable(),
});
export type LiveSource = z.infer<typeof LiveSource>;

/** Answer of the camera health page: what the gateway has open now, of the asker's territory. */
export const CameraHealth = z.strictObject({ atMs: EpochMs, sources: z.array(LiveSource).max(2_000) });
export type CameraHealth = z.infer<typeof CameraHealth>;

/** How a connected camera is, the worst first. `idle`: nobody looks at it, and nothing is known against it. */
export const healthStates = ['lost', 'flapping', 'unmoving', 'starting', 'flowing', 'idle'] as const;
/** One of them. */
export type HealthState = (typeof healthStates)[number];

/** One connected camera: what the record says of it and what the gateway sees now. */
export type HealthRow = {
  readonly camera: Camera;
  readonly state: HealthState;
  readonly sinceMs: number | null;
  readonly condition: CameraCondition | null;
  readonly viewers: number;
  readonly restarts: number;
  /** Of the largest stream that flows, else of any; null when none is open. */
  readonly live: LiveSource | null;
  /** What its streams were found to be; null = nobody has looked. */
  readonly graded: Graded | null;
};

/** All connected cameras with how they are, the worst first, then the longest so, then by number. */
export function healthRows({
  cameras,
  conditions,
  sources,
}: {
  cameras: Iterable<Camera>;
  conditions: CamerasState;
  sources: readonly LiveSource[];
}): readonly HealthRow[] {
  const sourcesOf = Map.groupBy(sources, ({ cameraId }) => cameraId);
  const rows = [...cameras]
    .filter(({ streams }) => streams.length > 0)
    .map((camera) => healthRow({ camera, condition: conditions.get(camera.id) ?? null, sources: sourcesOf.get(camera.id) ?? [] }));
  return rows.toSorted(
    (a, b) =>
      healthStates.indexOf(a.state) - healthStates.indexOf(b.state) ||
      needs(b) - needs(a) ||
      (a.sinceMs ?? 0) - (b.sinceMs ?? 0) ||
      a.camera.number.localeCompare(b.camera.number, 'en', { numeric: true }),
  );
}

/** How many cameras are in each state; together they are all rows. */
export function healthCounts(rows: readonly HealthRow[]): Readonly<Record<HealthState, number>> {
  const counts = { lost: 0, flapping: 0, unmoving: 0, starting: 0, flowing: 0, idle: 0 };
  for (const { state } of rows) counts[state] += 1;
  return counts;
}

function healthRow({
  camera,
  condition,
  sources,
}: {
  camera: Camera;
  condition: CameraCondition | null;
  sources: readonly LiveSource[];
}): HealthRow {
  const live = sources.toSorted((a, b) => shown(a) - shown(b))[0] ?? null;
  const graded = condition?.probed == null ? null : gradeOf(condition.probed);
  const sum = (of: 'viewers' | 'restarts') => sources.reduce((total, source) => total + source[of], 0);
  return { camera, ...stateOf(condition, live), condition, viewers: sum('viewers'), restarts: sum('restarts'), live, graded };
}

const order: readonly LiveSource['state'][] = ['flowing', 'unmoving', 'starting', 'lost'];

function shown({ state, quality }: LiveSource): number {
  return order.indexOf(state) * 2 + (quality === 'main' ? 0 : 1);
}

function stateOf(condition: CameraCondition | null, live: LiveSource | null): Pick<HealthRow, 'state' | 'sinceMs'> {
  if (condition?.flapping != null) return { state: 'flapping', sinceMs: condition.flapping.sinceMs };
  // What the gateway sees now is newer than any fact.
  if (live !== null && live.state !== 'starting') return { state: live.state, sinceMs: live.sinceMs };
  if (condition !== null && condition.source.kind !== 'normal') return { state: condition.source.kind, sinceMs: condition.source.sinceMs };
  return live === null ? { state: 'idle', sinceMs: null } : { state: 'starting', sinceMs: live.sinceMs };
}

/** Among cameras of the same state those with more against them come first. */
function needs({ condition }: HealthRow): number {
  return (condition?.fault == null ? 0 : 2) + (condition?.clock == null ? 0 : 1);
}
