import type { CameraFlapChange } from '#contract/cameras/index.ts';
import type { CameraId, Clock, Timers } from '#contract/values/index.ts';
import type { SourceChange } from './ports.ts';

/** How often a camera may be lost before its single losses are counted instead of told, and how long it must hold to be told again. */
export const flapLimits = { lossesPerHour: 4, settledAfterMs: 10 * 60_000 } as const;

const hourMs = 60 * 60_000;

/**
 * Between the gateway and the record: a camera that comes and goes twenty times an hour is one fact with a count, not forty facts. When it
 * has not changed for a while that is told, and then how it is.
 */
export type FlapDamper = {
  note(change: SourceChange): void;
  close(): void;
};

type Watched = {
  losses: readonly number[];
  /** Losses since it began to flap; null while it does not. */
  flapped: number | null;
  latest: SourceChange | null;
  cancelSettle: () => void;
};

/** `flapping` are the cameras that the record says flap already: they settle like those that begin now. */
export function createFlapDamper({
  clock,
  timers,
  flapping,
  onChange,
}: {
  clock: Clock;
  timers: Timers;
  flapping: readonly { readonly cameraId: CameraId; readonly losses: number }[];
  onChange: (change: SourceChange | CameraFlapChange) => void;
}): FlapDamper {
  const cameras = new Map<CameraId, Watched>();
  const watchedOf = (cameraId: CameraId): Watched => {
    const watched = cameras.get(cameraId) ?? { losses: [], flapped: null, latest: null, cancelSettle: () => {} };
    cameras.set(cameraId, watched);
    return watched;
  };
  const settle = (cameraId: CameraId) => {
    const { flapped, latest } = watchedOf(cameraId);
    cameras.delete(cameraId);
    onChange({ cameraId, flapping: 'settled', losses: flapped ?? 1 });
    if (latest !== null) onChange(latest);
  };
  const settleLater = (cameraId: CameraId, watched: Watched) => {
    watched.cancelSettle();
    watched.cancelSettle = timers.afterMs(flapLimits.settledAfterMs, () => settle(cameraId));
  };
  const count = (watched: Watched, change: SourceChange) => {
    if (change.source !== 'lost') return;
    const nowMs = clock.nowMs();
    watched.losses = [...watched.losses.filter((atMs) => nowMs - atMs < hourMs), nowMs];
    if (watched.flapped !== null) watched.flapped += 1;
  };

  for (const { cameraId, losses } of flapping) {
    const watched = watchedOf(cameraId);
    watched.flapped = losses;
    settleLater(cameraId, watched);
  }
  return {
    note(change) {
      const { cameraId } = change;
      const watched = watchedOf(cameraId);
      count(watched, change);
      if (watched.flapped === null && watched.losses.length < flapLimits.lossesPerHour) return onChange(change);
      if (watched.flapped === null) {
        watched.flapped = watched.losses.length;
        onChange({ cameraId, flapping: 'began', losses: watched.flapped });
      }
      watched.latest = change;
      settleLater(cameraId, watched);
    },
    close() {
      for (const { cancelSettle } of cameras.values()) cancelSettle();
      cameras.clear();
    },
  };
}
