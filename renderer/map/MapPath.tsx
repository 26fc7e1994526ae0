import type { RegionId } from '#contract/values/index.ts';
import { type DirectoryCopy, pathTo } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useMapDesk, useMapState } from './MapContext.tsx';
import classes from './MapPath.module.css';

/** Where one has gone into, from the county down; each step is the way back to it. */
export function MapPath({ directory }: { directory: DirectoryCopy | null }) {
  const { t, nameOf } = useTexts();
  const desk = useMapDesk();
  const focus = useMapState((state) => state.focus);
  const root = directory?.tree.roots[0]?.region;
  if (directory === null || root === undefined) return null;
  const ids: readonly RegionId[] = focus === null ? [root.id] : pathTo(directory.tree, focus);
  return (
    <nav className={classes.path} aria-label={t('map:path.name')}>
      {ids.map((id, index) => {
        const region = directory.regions.get(id);
        if (region === undefined) return null;
        const isHere = index === ids.length - 1;
        return (
          <button
            key={id}
            type="button"
            className={classes.step}
            aria-current={isHere ? 'location' : undefined}
            onClick={() => desk.enter(index === 0 ? null : id)}
          >
            {nameOf(region)}
          </button>
        );
      })}
    </nav>
  );
}
