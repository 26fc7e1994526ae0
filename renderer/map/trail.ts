import { positionAt } from '#contract/responders/index.ts';
import type { PositionSource } from '../responders/index.ts';

type Place = readonly [number, number];

/** Where one responder has been since he was chosen: a ring of places, nobody else's are kept. */
export type Trail = {
  /** Begins anew with this responder; null = nobody, and what was kept is gone. */
  follow(index: number | null): void;
  /** Looks where he is now. */
  look(): void;
};

/** Half an hour of somebody who moves and reports every three seconds. */
const mostPlaces = 600;

/** Makes the trail; `onPlaces` is told, oldest first, whenever they change. */
export function createTrail({
  positions,
  onPlaces,
}: {
  positions: Pick<PositionSource, 'columns'>;
  onPlaces: (places: readonly Place[]) => void;
}): Trail {
  let followed: number | null = null;
  let numbering = -1;
  let places: Place[] = [];
  const forget = () => {
    if (places.length === 0) return;
    places = [];
    onPlaces(places);
  };
  const look = () => {
    if (followed === null) return;
    const columns = positions.columns();
    // Other people behind the same numbers.
    if (columns.directoryRevision !== numbering) {
      numbering = columns.directoryRevision;
      forget();
    }
    const position = positionAt(columns, followed);
    const last = places.at(-1);
    if (position === null || (last?.[0] === position.lng && last[1] === position.lat)) return;
    places = [...places.slice(1 - mostPlaces), [position.lng, position.lat]];
    onPlaces(places);
  };
  return {
    follow: (index) => {
      if (index === followed) return;
      followed = index;
      forget();
      look();
    },
    look,
  };
}
