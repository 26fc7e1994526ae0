import { useMemo } from 'react';
import { connectedCamerasIn, type RegionNode } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './CameraLine.module.css';
import type { Carried } from './dropOutcome.ts';
import { useDragSource } from './useDragSource.ts';

/** A region's name in the tree: dragged to the Wall it brings its connected cameras. */
export function RegionLine({ node }: { node: RegionNode }) {
  const { nameOf } = useTexts();
  const carried = useMemo((): Carried | null => {
    const cameraIds = connectedCamerasIn(node).map(({ id }) => id);
    return cameraIds.length === 0 ? null : { kind: 'cameras', cameraIds };
  }, [node]);
  const line = useDragSource<HTMLSpanElement>(carried);
  return (
    <span ref={line} className={classes.region}>
      {nameOf(node.region)}
    </span>
  );
}
