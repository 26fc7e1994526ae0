import type { DirectoryCopy } from '../directory/index.ts';
import { MapCard, useMapState } from '../map/index.ts';
import classes from './MapPane.module.css';
import { useDragSource } from './useDragSource.ts';

/** The card of what is chosen on the map; carried to the small wall it brings the pictures of the place. */
export function ChosenCard({ directory }: { directory: DirectoryCopy | null }) {
  const chosen = useMapState((state) => state.chosen);
  const ref = useDragSource<HTMLDivElement>(chosen);
  return (
    <div ref={ref} className={classes.card} aria-live="polite" data-from-map="">
      <MapCard directory={directory} />
    </div>
  );
}
