import type { Room } from '#contract/bridge/index.ts';
import {
  decideDrawing,
  type Drawing,
  type DrawingCommand,
  type DrawingFact,
  type DrawingsState,
  evolveDrawings,
} from '#contract/map/index.ts';
import { granted, type PersonId, type RegionId, type Result } from '#contract/values/index.ts';

/** What is drawn in a room after a command, as the platform decides for somebody of the whole county. */
export function drawnBy({ drawings, person }: Room, command: DrawingCommand): Result<readonly Drawing[]> {
  const territory = { regionId: 'anlan' as RegionId, townId: null, villageId: null };
  const state: DrawingsState = new Map(drawings?.map((drawing) => [drawing.id, drawing]));
  const by = person?.personId ?? ('p-duty' as PersonId);
  const nowMs = Date.now();
  const decided = decideDrawing(state, { command, by, nowMs, mayClear: true, territory, holds: () => true });
  if (!decided.ok) return decided;
  const facts = decided.value.map((fact) => ({ ...fact, atMs: nowMs }) as DrawingFact);
  return granted([...facts.reduce(evolveDrawings, state).values()]);
}
