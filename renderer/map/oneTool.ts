import type { DrawingTools } from './drawings/index.ts';
import type { MapSelection } from './selection/index.ts';

/** One hand holds one tool: taking one to draw with puts the one to choose with away, and the other way round. Lasts as long as both do. */
export function keepOneTool({ selection, drawing }: { selection: MapSelection; drawing: DrawingTools }): void {
  selection.store.subscribe(({ tool }, before) => {
    if (tool !== null && tool !== before.tool) drawing.putAway();
  });
  drawing.store.subscribe(({ tool }, before) => {
    if (tool !== null && tool !== before.tool) selection.putAway();
  });
}
