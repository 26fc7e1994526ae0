import type { StoreApi } from 'zustand/vanilla';
import { incidentSeverity } from '#contract/incidents/index.ts';
import type { Roster } from '../directory/index.ts';
import type { PositionSource } from '../responders/index.ts';
import type { RoomAccess } from '../room/index.ts';
import type { AssignmentLine, MapEngine } from './engine/index.ts';
import type { MapState } from './mapState.ts';

type Told = {
  readonly room: Pick<RoomAccess, 'store' | 'platformNow'>;
  readonly store: StoreApi<MapState>;
  readonly engine: Pick<MapEngine, 'setAssignments'>;
  readonly roster: Roster | null;
  readonly positions: Pick<PositionSource, 'columns'>;
};

/** Tells the engine who was sent where. Nobody, while other people stand behind the numbers of positions than behind those of the roster. */
export function tellAssignments({ room, store, engine, roster, positions }: Told): void {
  const nowMs = room.platformNow();
  const numbers = roster?.numbering === positions.columns().directoryRevision ? numbersOf(roster) : null;
  const open = numbers === null ? [] : [...(room.store.getState()?.incidents?.values() ?? [])];
  const lines = open.flatMap((incident) =>
    (incident.assignments ?? []).flatMap(({ responderId }): readonly AssignmentLine[] => {
      const responder = numbers?.get(responderId);
      return responder === undefined ? [] : [{ responder, place: incident.at, tone: incidentSeverity(incident, nowMs) }];
    }),
  );
  engine.setAssignments(lines);
  if (lines.length !== store.getState().assignments) store.setState({ assignments: lines.length });
}

const known = new WeakMap<Roster, ReadonlyMap<string, number>>();

function numbersOf(roster: Roster): ReadonlyMap<string, number> {
  const numbers =
    known.get(roster) ??
    new Map(roster.responders.flatMap((responder, index) => (responder === undefined ? [] : [[responder.id, index] as const])));
  known.set(roster, numbers);
  return numbers;
}
