import { useMemo } from 'react';
import type { Camera } from '#contract/cameras/index.ts';
import { nearbyCameras } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { CameraLine } from './CameraLine.tsx';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import classes from './NearbyCameras.module.css';

// More than a screen's worth helps nobody; the tree has them all.
const shownAtMost = 60;

/** The cameras of the same village: the next ones to look at when something happens here. */
export function NearbyCameras({ camera }: { camera: Camera }) {
  const { t, nameOf, number } = useTexts();
  const { view } = useConsole();
  const directory = useDirectory();
  const nearby = useMemo(() => (directory === null ? null : nearbyCameras(directory, camera)), [directory, camera]);
  if (directory === null || nearby === null || nearby.cameras.length === 0) return <div className={classes.nearby} />;
  const region = directory.regions.get(nearby.regionId);
  return (
    <section className={classes.nearby}>
      <h3 className={classes.title}>
        {t('console:nearby.title', { region: region === undefined ? '' : nameOf(region) })}{' '}
        <span className={classes.count}>{number(nearby.cameras.length)}</span>
      </h3>
      <div className={classes.cameras}>
        {nearby.cameras.slice(0, shownAtMost).map((other) => (
          <button key={other.id} type="button" className={classes.camera} onClick={() => view.look(other.id)}>
            <CameraLine camera={other} />
          </button>
        ))}
      </div>
    </section>
  );
}
