import type { ViewPriority } from '#contract/cameras/index.ts';
import type { GrantProvider, PlayerEvidence, Players } from '../players/index.ts';
import type { Rung } from './ladder.ts';
import type { VideoPool } from './videoPool.ts';

/** One player that plays one way of a picture into one element of the pool. */
export type Take = {
  readonly rung: Rung;
  readonly video: HTMLVideoElement;
  open(grants: GrantProvider): void;
  /** Ends it and gives the element back. May be called twice. */
  close(): void;
};

/** Makes a take; nothing is told before `open` nor after `close`. */
export function prepareTake({
  players,
  pool,
  rung,
  priority,
  platformNow,
  onEvidence,
}: {
  players: Players;
  pool: VideoPool;
  rung: Rung;
  priority: ViewPriority;
  platformNow: () => number;
  onEvidence: (evidence: PlayerEvidence) => void;
}): Take {
  const video = pool.acquire();
  let isOpen = true;
  // A closed player's late words are about nothing.
  const player = players[rung.kind].create({ platformNow, priority, onEvidence: (told) => isOpen && onEvidence(told) });
  return {
    rung,
    video,
    open: (grants) => {
      player.attach(video);
      player.open(grants);
    },
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      player.close();
      pool.release(video);
    },
  };
}
