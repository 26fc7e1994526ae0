import type { Hello, Room, RoomEvent, WindowIdentity } from '#contract/bridge/index.ts';
import { type AuditFactType, auditFacts } from '#contract/audit/index.ts';
import { type CameraFact, type CamerasState, cameraFacts, evolveCamerasAll } from '#contract/cameras/index.ts';
import { evolveIncidentsAll, type IncidentFact, incidentFacts, type IncidentsState } from '#contract/incidents/index.ts';
import { type DrawingFact, drawingFacts, type DrawingsState, evolveDrawings } from '#contract/map/index.ts';
import { type KnownFact, parseFact } from '#contract/catalogue/index.ts';
import type { Fact } from '#contract/record/index.ts';
import { evolveWall } from '#contract/wall/index.ts';

/** The room as this window holds it: main's Room with the cameras' conditions and the open incidents as maps, and how the window itself is connected. */
export type RoomState = Omit<Room, 'cameras' | 'incidents' | 'drawings'> & {
  readonly cameras: CamerasState;
  /** Absent = none; `loadByGrid` of contract/incidents makes the map's load of them. */
  readonly incidents?: IncidentsState;
  /** Absent = none; `drawingsAt` of contract/map leaves those out whose time is over. */
  readonly drawings?: DrawingsState;
  readonly window: WindowIdentity;
  readonly bridge: 'open' | 'cutOff' | 'replaced';
  /** Facts that this version could not read since the last hello; main says the same in its warnings. */
  readonly unknownFacts: number;
};

/** The room right after a hello. */
export function roomFromHello({ room, window }: Hello): RoomState {
  const parts = { cameras: camerasOf(room.cameras), incidents: incidentsOf(room.incidents), drawings: drawingsOf(room.drawings) };
  return { ...room, ...parts, window, bridge: 'open', unknownFacts: 0 };
}

/** Folds what main told, in order. Facts fold with the contract's own evolve, parts replace, glass reports replace by Display. */
export function foldRoom(state: RoomState, events: readonly RoomEvent[]): RoomState {
  return events.reduce(foldEvent, state);
}

function foldEvent(state: RoomState, event: RoomEvent): RoomState {
  switch (event.kind) {
    case 'facts':
      return foldFacts(
        state,
        event.facts.map(({ fact }) => fact),
      );
    case 'room': {
      // A part that is absent stays as it is.
      const { cameras, incidents, drawings, ...parts } = event.changes;
      const present = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined));
      const open = incidents === undefined ? {} : { incidents: incidentsOf(incidents) };
      const drawn = drawings === undefined ? {} : { drawings: drawingsOf(drawings) };
      return { ...state, ...present, ...open, ...drawn, cameras: cameras === undefined ? state.cameras : camerasOf(cameras) };
    }
    case 'glass': {
      const others = state.glass.filter(({ displayKey }) => displayKey !== event.report.displayKey);
      return { ...state, glass: [...others, event.report] };
    }
    case 'commandSettled':
      return state;
  }
}

function foldFacts(state: RoomState, facts: readonly Fact[]): RoomState {
  const cameraChanges: CameraFact[] = [];
  const incidentChanges: IncidentFact[] = [];
  let folded = state;
  for (const fact of facts) {
    const known = parseFact(fact);
    // With one copy for all of them: a catch-up of thousands must not freeze the window.
    if (known !== null && isCameraFact(known)) cameraChanges.push(known);
    else if (known !== null && isIncidentFact(known)) incidentChanges.push(known);
    else folded = foldKnown(folded, known);
  }
  if (incidentChanges.length > 0) folded = { ...folded, incidents: evolveIncidentsAll(folded.incidents ?? new Map(), incidentChanges) };
  return cameraChanges.length === 0 ? folded : { ...folded, cameras: evolveCamerasAll(folded.cameras, cameraChanges) };
}

function isCameraFact(known: KnownFact): known is KnownFact & CameraFact {
  return Object.hasOwn(cameraFacts, known.type);
}

function isIncidentFact(known: KnownFact): known is KnownFact & IncidentFact {
  return Object.hasOwn(incidentFacts, known.type);
}

function isDrawingFact(known: KnownFact): known is KnownFact & DrawingFact {
  return Object.hasOwn(drawingFacts, known.type);
}

function isAuditFact(known: KnownFact): known is KnownFact & { type: AuditFactType } {
  return Object.hasOwn(auditFacts, known.type);
}

function foldKnown(state: RoomState, known: Exclude<KnownFact, CameraFact | IncidentFact> | null): RoomState {
  if (known === null) return { ...state, unknownFacts: state.unknownFacts + 1 };
  // No window shows the register of looks; main keeps it to itself.
  if (isAuditFact(known)) return state;
  if (isDrawingFact(known)) return { ...state, drawings: evolveDrawings(state.drawings ?? new Map(), known) };
  switch (known.type) {
    case 'wall.displaySeen':
    case 'wall.layoutChanged':
    case 'wall.tilePlaced':
    case 'wall.tilesPlaced':
    case 'wall.arranged':
    case 'wall.tileCleared':
    case 'wall.tilesSwapped':
      return { ...state, wall: evolveWall(state.wall, known) };
    // The room's `directoryRevision` is that of main's copy: main tells it when it has one.
    case 'directory.imported':
    // A tombstone: whoever opens the text is told by the platform that it is gone.
    case 'record.particularsErased':
      return state;
  }
}

function drawingsOf(drawn: Room['drawings']): DrawingsState {
  return new Map(drawn?.map((drawing) => [drawing.id, drawing]));
}

function incidentsOf(open: Room['incidents']): IncidentsState {
  return new Map(open?.map((incident) => [incident.incidentId, incident]));
}

function camerasOf(conditions: Room['cameras']): CamerasState {
  return new Map(conditions.map((condition) => [condition.cameraId, condition]));
}
