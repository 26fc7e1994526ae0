import type { RegionNode } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './CameraLine.module.css';
import { useDragSource } from './useDragSource.ts';

/** A region's name in the tree: dragged to the Wall it brings its connected cameras, dragged to the map it is shown there. */
export function RegionLine({ node }: { node: RegionNode }) {
  const { nameOf } = useTexts();
  const line = useDragSource<HTMLSpanElement>({ kind: 'region', regionId: node.region.id });
  return (
    <span ref={line} className={classes.region}>
      {nameOf(node.region)}
    </span>
  );
}
