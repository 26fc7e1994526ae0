import type { WaitingCommand } from '#contract/bridge/index.ts';
import { type Drawing, drawingsAt, type DrawingsState } from '#contract/map/index.ts';
import type { DrawingDraft } from './drawingTools.ts';
import type { RefusedDrawing } from './refusedDrawings.ts';
import type { ShownDrawing } from './drawingShapes.ts';

// The last tenth of its time, and no more than an hour: long enough to draw it anew, short enough to mean something.
const fadingShare = 0.1;
const mostFadingMs = 3_600_000;

/** Whether a drawing is about to be gone. */
export function isFading({ drawnAtMs, expiresAtMs }: Pick<Drawing, 'drawnAtMs' | 'expiresAtMs'>, nowMs: number): boolean {
  return expiresAtMs - nowMs < Math.min(mostFadingMs, fadingShare * (expiresAtMs - drawnAtMs));
}

/** All that is drawn on the map now: what stands, what waits to be sent and what is in hand. What waits to be erased is gone already. */
export function shownDrawings({
  drawings,
  waiting,
  refused = [],
  draft,
  nowMs,
}: {
  drawings: DrawingsState;
  waiting: readonly Pick<WaitingCommand, 'command'>[];
  /** Those that the platform did not take. */
  refused?: readonly Pick<RefusedDrawing, 'command'>[];
  draft: DrawingDraft | null;
  nowMs: number;
}): readonly ShownDrawing[] {
  const commands = waiting.map(({ command }) => command);
  const erased = new Set(commands.flatMap((command) => (command.type === 'map.eraseDrawing' ? [command.id] : [])));
  const standing = drawingsAt(drawings, nowMs).filter(({ id }) => !erased.has(id));
  const unsent = commands.flatMap((command) =>
    command.type === 'map.draw' && !drawings.has(command.id) && !erased.has(command.id)
      ? [{ id: command.id, ...command.shape, look: 'waiting' as const }]
      : [],
  );
  return [
    ...standing.map(({ id, kind, points, text, ...times }) => ({
      ...{ id, kind, points, text },
      look: isFading(times, nowMs) ? ('fading' as const) : ('standing' as const),
    })),
    ...unsent,
    ...refused.map(({ command: { id, shape } }) => ({ id, ...shape, look: 'refused' as const })),
    ...(draft === null || draft.points.length === 0 ? [] : [{ id: 'draft' as const, ...draft, look: 'draft' as const }]),
  ];
}
