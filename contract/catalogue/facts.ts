import { z } from 'zod';
import { type AuditFactType, auditFacts, AuditState, emptyAudit, evolveAudit } from '#contract/audit/index.ts';
import {
  CameraCondition,
  type CameraFact,
  type CamerasState,
  cameraFacts,
  evolveCameras,
  evolveCamerasAll,
} from '#contract/cameras/index.ts';
import { DirectoryImported, type DirectoryState, emptyDirectory, evolveDirectory } from '#contract/directory/index.ts';
import { evolveIncidentsAll, type IncidentFact, incidentFacts, type IncidentsState, OpenIncident } from '#contract/incidents/index.ts';
import { Drawing, type DrawingFact, drawingFacts, type DrawingsState, evolveDrawings } from '#contract/map/index.ts';
import { type Fact, recordFacts } from '#contract/record/index.ts';
import { Sha256Hex } from '#contract/values/index.ts';
import { emptyWall, evolveWall, WallState, wallFacts } from '#contract/wall/index.ts';
import { upcast } from './upcast.ts';

/** Every fact type this version knows, with the schema of its newest payload. Its version number is `newestVersions`. */
export const factSchemas = {
  ...cameraFacts,
  ...wallFacts,
  ...auditFacts,
  ...recordFacts,
  ...incidentFacts,
  ...drawingFacts,
  'directory.imported': DirectoryImported,
} as const;
/** The name of a fact type that this version knows. */
export type FactType = keyof typeof factSchemas;

/** The newest payload version of each type; `upcast` lifts older ones to it. */
export const newestVersions: { readonly [Type in FactType]: number } = {
  'cameras.sourceLost': 1,
  'cameras.sourceRestored': 1,
  'cameras.pictureUnmoving': 1,
  'cameras.pictureMoving': 1,
  'cameras.unmovingJudged': 1,
  'cameras.clockWrong': 1,
  'cameras.clockRight': 1,
  'cameras.flapping': 1,
  'cameras.settled': 1,
  'cameras.probed': 1,
  'cameras.probeOutdated': 1,
  'cameras.faultReported': 1,
  'cameras.faultCleared': 1,
  'cameras.movedOut': 1,
  'cameras.movedIn': 1,
  'wall.displaySeen': 1,
  'wall.layoutChanged': 1,
  'wall.tilePlaced': 1,
  'wall.tilesPlaced': 1,
  'wall.arranged': 1,
  'wall.tileCleared': 1,
  'wall.tilesSwapped': 1,
  'directory.imported': 1,
  'incidents.reported': 1,
  'incidents.dispatched': 1,
  'incidents.closed': 1,
  'map.drawn': 1,
  'map.drawingErased': 1,
  'record.particularsErased': 1,
  'audit.viewOpened': 1,
  'audit.viewClosed': 1,
  'audit.viewsLost': 1,
  'audit.loggedIn': 1,
  'audit.loggedOut': 1,
  'audit.loginRefused': 1,
  'audit.commandRefused': 2,
  'audit.personChanged': 1,
  'audit.directoryExported': 1,
  'audit.particularsOpened': 1,
  'audit.administratorNamed': 1,
  'audit.demoAccountsMade': 1,
  'audit.deskEnrolled': 1,
  'audit.sessionEnded': 1,
  'audit.passwordChanged': 1,
  'audit.interrupted': 1,
  'audit.restored': 1,
  'audit.searched': 1,
  'audit.registerExported': 1,
  'audit.pageRefused': 1,
  'audit.steeringTaken': 1,
  'audit.steeringEnded': 1,
  'audit.cameraMoved': 1,
  'audit.presetCalled': 1,
  'audit.liftAsked': 1,
  'audit.liftApproved': 1,
  'audit.liftRefused': 1,
  'audit.liftUnanswered': 1,
  'audit.liftEnded': 1,
  'audit.probeAsked': 1,
  'audit.probesAsked': 1,
  'audit.responderFollowed': 1,
  'evidence.taken': 1,
  'evidence.opened': 1,
  'evidence.erased': 1,
};

/** A fact whose payload was parsed: type and payload belong together. */
export type KnownFact = { [Type in FactType]: { type: Type; atMs: number; payload: z.infer<(typeof factSchemas)[Type]> } }[FactType];

/** Reads a stored fact. Null for a type, a newer version or a shape that this desk does not know: it is counted and shown, never guessed. */
export function parseFact(fact: Fact): KnownFact | null {
  if (!Object.hasOwn(factSchemas, fact.type)) return null;
  const type = fact.type as FactType;
  let payload: unknown;
  try {
    payload = JSON.parse(fact.payload);
  } catch {
    return null;
  }
  const parsed = factSchemas[type].safeParse(upcast({ type, v: fact.v, payload, newest: newestVersions[type] }));
  return parsed.success ? ({ type, atMs: fact.atMs, payload: parsed.data } as KnownFact) : null;
}

/** What one feed folds to. `unknownFacts` counts what this version could not read. */
export type FeedState = {
  readonly cameras: CamerasState;
  readonly incidents: IncidentsState;
  readonly drawings: DrawingsState;
  readonly directory: DirectoryState;
  readonly wall: WallState;
  readonly audit: AuditState;
  readonly unknownFacts: number;
};

/** A feed before its first fact. */
export const emptyFeedState: FeedState = {
  cameras: new Map(),
  incidents: new Map(),
  drawings: new Map(),
  directory: emptyDirectory,
  wall: emptyWall,
  audit: emptyAudit,
  unknownFacts: 0,
};

/** The one fold: platform, desktop, windows and replay all use it. */
export function evolveFeed(state: FeedState, fact: Fact): FeedState {
  return evolveKnown(state, parseFact(fact));
}

/** The same fold for many facts in order: what would be copied for each fact is copied once. Equal to folding one by one. */
export function evolveFeedAll(state: FeedState, facts: Iterable<Fact>): FeedState {
  const cameraChanges: CameraFact[] = [];
  const incidentChanges: IncidentFact[] = [];
  let folded = state;
  for (const fact of facts) {
    const known = parseFact(fact);
    // The parts of a feed's state do not look at each other: the cameras may be folded after the rest.
    if (known !== null && isCameraFact(known)) cameraChanges.push(known);
    else if (known !== null && isIncidentFact(known)) incidentChanges.push(known);
    else folded = evolveKnown(folded, known);
  }
  if (cameraChanges.length + incidentChanges.length === 0) return folded;
  const incidents = evolveIncidentsAll(folded.incidents, incidentChanges);
  return { ...folded, incidents, cameras: evolveCamerasAll(folded.cameras, cameraChanges) };
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

function evolveKnown(state: FeedState, known: KnownFact | null): FeedState {
  if (known === null) return { ...state, unknownFacts: state.unknownFacts + 1 };
  if (isAuditFact(known)) return { ...state, audit: evolveAudit(state.audit, known) };
  if (isCameraFact(known)) return { ...state, cameras: evolveCameras(state.cameras, known) };
  if (isDrawingFact(known)) return { ...state, drawings: evolveDrawings(state.drawings, known) };
  if (isIncidentFact(known)) return { ...state, incidents: evolveIncidentsAll(state.incidents, [known]) };
  switch (known.type) {
    case 'wall.displaySeen':
    case 'wall.layoutChanged':
    case 'wall.tilePlaced':
    case 'wall.tilesPlaced':
    case 'wall.arranged':
    case 'wall.tileCleared':
    case 'wall.tilesSwapped':
      return { ...state, wall: evolveWall(state.wall, known) };
    case 'record.particularsErased':
      // A tombstone: who opens the text asks the platform, which says that it is gone.
      return state;
    case 'directory.imported':
      return { ...state, directory: evolveDirectory(state.directory, known.payload) };
  }
}

function isAuditFact(known: KnownFact): known is KnownFact & { type: AuditFactType } {
  return Object.hasOwn(auditFacts, known.type);
}

/** A feed's state as plain JSON, for snapshots. Cameras and incidents are sorted by id, so that equal states are equal bytes. */
export const FeedSnapshot = z.strictObject({
  cameras: z.array(CameraCondition),
  /** Those that are open; absent where there are none: desks of an earlier version know no such part. */
  incidents: z.array(OpenIncident).optional(),
  /** What is drawn on the map, the oldest first; absent where nothing is. */
  drawings: z.array(Drawing).optional(),
  directory: z.strictObject({ revision: z.int().min(0), contentHash: Sha256Hex.nullable() }),
  wall: WallState,
  /** Absent where nothing was counted: desks of an earlier version know no such part, and read no audit feed. */
  audit: AuditState.optional(),
  unknownFacts: z.int().min(0),
});
export type FeedSnapshot = z.infer<typeof FeedSnapshot>;

/** State to snapshot. */
export function toFeedSnapshot(state: FeedState): FeedSnapshot {
  const cameras = [...state.cameras.values()].toSorted((a, b) => (a.cameraId < b.cameraId ? -1 : 1));
  const audit = state.audit.facts === 0 ? {} : { audit: state.audit };
  const open = [...state.incidents.values()].toSorted((a, b) => (a.incidentId < b.incidentId ? -1 : 1));
  const incidents = open.length === 0 ? {} : { incidents: open };
  const drawings = state.drawings.size === 0 ? {} : { drawings: [...state.drawings.values()] };
  return { cameras, ...incidents, ...drawings, directory: state.directory, wall: state.wall, ...audit, unknownFacts: state.unknownFacts };
}

/** Snapshot to state; the inverse of `toFeedSnapshot`. */
export function fromFeedSnapshot(snapshot: FeedSnapshot): FeedState {
  return {
    ...snapshot,
    audit: snapshot.audit ?? emptyAudit,
    drawings: new Map(snapshot.drawings?.map((drawing) => [drawing.id, drawing])),
    incidents: new Map(snapshot.incidents?.map((incident) => [incident.incidentId, incident])),
    cameras: new Map(snapshot.cameras.map((condition) => [condition.cameraId, condition])),
  };
}
