import type { Unit } from '#contract/directory/index.ts';
import { granted, type Result, refused, type UnitId } from '#contract/values/index.ts';
import { withoutTextMark } from './identifiers.ts';

/** Finds a department by its id or its name. Two of one name are told apart by id only. */
export function createUnitIndex(units: readonly Unit[]) {
  const byId = new Map<string, Unit>(units.map((unit) => [unit.id, unit]));
  const byName = Map.groupBy(byId.values(), ({ name }) => name);

  return function find(text: string): Result<UnitId, string> {
    const plain = withoutTextMark(text);
    const exact = byId.get(plain);
    if (exact !== undefined) return granted(exact.id);
    const [only, second] = byName.get(plain) ?? [];
    if (only === undefined) return refused('directory.import.unitUnknown');
    return second === undefined ? granted(only.id) : refused('directory.import.unitAmbiguous');
  };
}

export type UnitIndex = ReturnType<typeof createUnitIndex>;
