import type { CameraProbe, StreamProbe } from '#contract/cameras/index.ts';
import { type CameraId, granted, type Result, refused } from '#contract/values/index.ts';
import { dueCameras } from './dueCameras.ts';
import type { ProbePorts } from './ports.ts';

/** Cameras that are looked at or wait for it. In memory: what has no result yet is found again in the record after a restart. */
export type ProbeQueue = {
  /** `person`: somebody waits for it; `round`: many at once, after an import. */
  add(cameraIds: readonly CameraId[], lane: 'person' | 'round'): void;
  stateOf(
    cameraId: CameraId,
  ): { readonly kind: 'running'; readonly sinceMs: number } | { readonly kind: 'waiting'; readonly ahead: number } | null;
  /** How many were asked for and are not done. */
  size(): number;
  /** Cameras or their addresses may be others now. */
  changed(): void;
  /** Resolves when nothing runs any more. */
  close(): Promise<void>;
};

/** How many at once, and how far apart they start. Never a stampede, however many are asked for. */
export const probePace = {
  atOnce: { person: 4, round: 4, background: 1 },
  betweenMs: { person: 250, round: 1_000, background: 4_000 },
  /** After a start of the platform everything else comes first. */
  firstMs: 60_000,
  /** Without anything to do the record is asked again after this. */
  idleMs: 60_000,
  /** With more streams open than this the gateway has other work. */
  idleSources: 48,
} as const;

type Lane = keyof typeof probePace.atOnce;
const lanes: readonly Lane[] = ['person', 'round', 'background'];

export function createProbeQueue(
  ports: ProbePorts,
  told: { onDone: (cameraId: CameraId, probe: CameraProbe) => Promise<void>; onPutOff: (cameraId: CameraId, code: string) => void },
): ProbeQueue {
  const { clock, timers, randomness, log } = ports;
  const waiting: Record<Lane, CameraId[]> = { person: [], round: [], background: [] };
  const running = new Map<CameraId, { readonly sinceMs: number; readonly lane: Lane; readonly done: Promise<void> }>();
  const cancels = new Set<() => void>();
  let isClosed = false;
  let isPaused: Record<Lane, boolean> = { person: false, round: false, background: true };

  // Half as much more or less: several platforms or lanes never fall into step.
  const after = (delayMs: number, run: () => void) => {
    const cancel = timers.afterMs(Math.round(delayMs * (0.5 + randomness())), () => {
      cancels.delete(cancel);
      run();
    });
    cancels.add(cancel);
  };
  const pause = (lane: Lane, delayMs: number) => {
    isPaused = { ...isPaused, [lane]: true };
    after(delayMs, () => {
      isPaused = { ...isPaused, [lane]: false };
      // What runs now is still without a result: the record is asked when it is over.
      if (lane === 'background' && waiting.background.length === 0 && running.size === 0) waiting.background = [...dueCameras(ports)];
      startNext();
    });
  };

  const countIn = (lane: Lane) => [...running.values()].filter((each) => each.lane === lane).length;
  const isFree = (lane: Lane): boolean => {
    if (isClosed || isPaused[lane] || countIn(lane) >= probePace.atOnce[lane]) return false;
    return lane !== 'background' || (running.size === 0 && isIdle(ports));
  };
  const nextOf = (lane: Lane): CameraId | undefined => {
    const hosts = new Set([...running.keys()].map(ports.hostOf).filter((host) => host !== null));
    const at = waiting[lane].findIndex((id) => !running.has(id) && !hosts.has(ports.hostOf(id) ?? ''));
    return at === -1 ? undefined : waiting[lane].splice(at, 1)[0];
  };

  const look = async (cameraId: CameraId) => {
    const probe = await probeCamera(ports, cameraId);
    // What is cut short by the end of the platform says nothing of the camera.
    if (isClosed) return;
    if (probe.ok) await told.onDone(cameraId, { atMs: clock.nowMs(), streams: [...probe.value] });
    else told.onPutOff(cameraId, probe.refusal.code);
  };
  const failed = (cameraId: CameraId, error: unknown) => {
    log.error({ err: error, cameraId }, 'a camera could not be probed');
    told.onPutOff(cameraId, 'cameras.probeFailed');
  };
  const start = (cameraId: CameraId, lane: Lane) => {
    const done = look(cameraId)
      .catch((error: unknown) => failed(cameraId, error))
      .finally(() => {
        running.delete(cameraId);
        startNext();
      });
    running.set(cameraId, { sinceMs: clock.nowMs(), lane, done });
  };
  function startNext(): void {
    for (const lane of lanes) {
      const next = isFree(lane) ? nextOf(lane) : undefined;
      if (next === undefined) continue;
      start(next, lane);
      pause(lane, probePace.betweenMs[lane]);
    }
    if (!isPaused.background && !isClosed)
      pause('background', waiting.background.length === 0 ? probePace.idleMs : probePace.betweenMs.background);
  }
  pause('background', probePace.firstMs);

  return {
    add(cameraIds, lane) {
      const asked = new Set(cameraIds);
      // Who is asked for again waits where he is served first, and in one place only.
      const slower = lane === 'person' ? (['round', 'background'] as const) : (['background'] as const);
      for (const each of slower) waiting[each] = waiting[each].filter((id) => !asked.has(id));
      const known = new Set([...waiting.person, ...waiting.round, ...running.keys()]);
      waiting[lane].push(...cameraIds.filter((id) => !known.has(id)));
      startNext();
    },
    stateOf(cameraId) {
      const now = running.get(cameraId);
      if (now !== undefined) return { kind: 'running', sinceMs: now.sinceMs };
      const ahead = [...waiting.person, ...waiting.round].indexOf(cameraId);
      return ahead === -1 ? null : { kind: 'waiting', ahead };
    },
    size: () => new Set([...waiting.person, ...waiting.round, ...running.keys()]).size,
    changed() {
      waiting.background = [];
    },
    async close() {
      isClosed = true;
      for (const cancel of cancels) cancel();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

/** Main before sub, one after the other: cheap cameras collapse when they are opened twice at once. */
async function probeCamera({ cameraOf, probeStream }: ProbePorts, cameraId: CameraId): Promise<Result<readonly StreamProbe[]>> {
  const qualities = (cameraOf(cameraId)?.streams ?? []).toSorted();
  const found: StreamProbe[] = [];
  for (const quality of qualities) {
    const stream = await probeStream(cameraId, quality);
    if (!stream.ok) return stream;
    found.push(stream.value);
  }
  return found.length === 0 ? refused('cameras.notConnected') : granted(found);
}

function isIdle({ openSources }: ProbePorts): boolean {
  const open = openSources();
  return open.length <= probePace.idleSources && open.every(({ state }) => state !== 'starting');
}
