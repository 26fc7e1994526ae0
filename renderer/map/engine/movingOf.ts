import type { PositionColumns } from '#contract/responders/index.ts';
import type { Assignments } from './assignments.ts';
import type { MapCanvas } from './mapCanvas.ts';
import type { MapEngine } from './mapEngine.ts';
import type { Responders } from './responders.ts';

type Moving = {
  readonly canvas: Pick<MapCanvas, 'remakeLayers' | 'repaint'>;
  readonly responders: Responders;
  readonly assignments: Assignments;
  readonly nowMs: number;
};

/** What an engine is told each second: where people are, and with it the arcs of those who were sent. */
export function movingOf({
  canvas,
  responders,
  assignments,
  nowMs,
}: Moving): Pick<MapEngine, 'setPositions' | 'setNow' | 'setAssignments'> {
  let columns: PositionColumns | null = null;
  let now = nowMs;
  const takeAssignments = () => {
    if (assignments.take(columns, now) === 'remake') canvas.remakeLayers();
    canvas.repaint('moving');
  };
  return {
    setPositions: (next) => {
      columns = next;
      if (responders.take(next) === 'remake') canvas.remakeLayers();
      takeAssignments();
    },
    setNow: (next) => {
      now = next;
      responders.setNow(next);
      takeAssignments();
    },
    setAssignments: (lines) => {
      assignments.setLines(lines);
      takeAssignments();
    },
  };
}
