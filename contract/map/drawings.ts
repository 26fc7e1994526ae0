import { z } from 'zod';
import { EpochMs, granted, LngLat, PersonId, RegionId, type Result, refused, safeText } from '#contract/values/index.ts';
import { isOverDateLine } from './lasso.ts';
import { selfCrossing } from './selfCrossing.ts';

/** A drawing's own id: a UUID made by whoever draws. */
export const DrawingId = z.uuid().brand<'DrawingId'>();
export type DrawingId = z.infer<typeof DrawingId>;

/** What can be drawn on the map (标绘). */
export const drawingKinds = ['arrow', 'line', 'area', 'text', 'assemblyPoint'] as const;
/** One of them. */
export const DrawingKind = z.enum(drawingKinds);
export type DrawingKind = z.infer<typeof DrawingKind>;

/** A word on the map. It is in a fact and read by everybody who sees the place: no word about a person belongs here, and the box says so. */
export const DrawingText = safeText({ maxLength: 24 });

/** Shape of a drawing as it was made. Points are WGS-84: an arrow from its first to its last, an area's ring open. */
export const DrawingShape = z.strictObject({
  kind: DrawingKind,
  points: z.array(LngLat).min(1).max(200).readonly(),
  text: DrawingText.nullable(),
});
export type DrawingShape = z.infer<typeof DrawingShape>;

/** Whose drawing it is to see: the smallest region that holds it, and the feeds of the town and village above it. */
export const DrawingTerritory = z.strictObject({ regionId: RegionId, townId: RegionId.nullable(), villageId: RegionId.nullable() });
export type DrawingTerritory = z.infer<typeof DrawingTerritory>;

/** A drawing on the map. It is gone when its time is over, whether or not anybody erased it. */
export const Drawing = DrawingShape.extend({
  ...DrawingTerritory.shape,
  ...{ id: DrawingId, authorId: PersonId, drawnAtMs: EpochMs, expiresAtMs: EpochMs },
});
export type Drawing = z.infer<typeof Drawing>;

/** Payloads of the drawing facts (all v1); when one was drawn is the fact's own time. */
export const drawingFacts = {
  'map.drawn': Drawing.omit({ drawnAtMs: true }),
  /** `why`: its author took it back, or somebody cleared it away. */
  'map.drawingErased': DrawingTerritory.extend({ id: DrawingId, why: z.enum(['undone', 'cleared']) }),
} as const;

/** A drawing fact with its parsed payload and when the platform recorded it. */
export type DrawingFact = {
  [Type in keyof typeof drawingFacts]: { type: Type; atMs: number; payload: z.infer<(typeof drawingFacts)[Type]> };
}[keyof typeof drawingFacts];

/** What deciding tells; envelope and time are the record's. */
export type DrawingFactDraft = {
  [Type in keyof typeof drawingFacts]: { type: Type; payload: z.infer<(typeof drawingFacts)[Type]> };
}[keyof typeof drawingFacts];

/** All drawings that nobody erased, the oldest first; those whose time is over go with the next one drawn. */
export type DrawingsState = ReadonlyMap<DrawingId, Drawing>;

/** Commands about drawings. `regionId`: the smallest region that holds it, as who draws reckons; `hours`: how long it is to stay. */
export const DrawingCommand = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('map.draw'), id: DrawingId, shape: DrawingShape, regionId: RegionId, hours: z.int().min(1).max(168) }),
  z.strictObject({ type: z.literal('map.eraseDrawing'), id: DrawingId }),
]);
export type DrawingCommand = z.infer<typeof DrawingCommand>;

/** Why a drawing command is refused; texts under `map:refusals`. */
export type DrawingRefusalCode =
  | 'map.outsideRegion'
  | 'map.tooFewPoints'
  | 'map.crossesItself'
  | 'map.overDateLine'
  | 'map.textMissing'
  | 'map.tooManyDrawings'
  | 'map.alreadyDrawn'
  | 'map.drawingGone'
  | 'map.notYourDrawing';

/** More would be a second map over the map. */
const mostDrawings = 500;
const hourMs = 3_600_000;
const fewestPoints: Readonly<Record<DrawingKind, number>> = { arrow: 2, line: 2, area: 3, text: 1, assemblyPoint: 1 };

/**
 * Decides a drawing command of `by`, who may clear away what others drew where `mayClear` says so. `territory`: where what is drawn belongs,
 * with `holds` telling whether a place lies in it; both are not asked when something is erased.
 */
export function decideDrawing(
  state: DrawingsState,
  { command, by, nowMs, mayClear, territory, holds }: Deciding,
): Result<readonly DrawingFactDraft[], DrawingRefusalCode> {
  const standing = drawingsAt(state, nowMs);
  switch (command.type) {
    case 'map.draw':
      return decideDrawn(standing, { ...command, by, nowMs, territory, holds });
    case 'map.eraseDrawing': {
      const drawing = standing.find(({ id }) => id === command.id);
      if (drawing === undefined) return refused('map.drawingGone');
      if (drawing.authorId !== by && !mayClear) return refused('map.notYourDrawing');
      const { regionId, townId, villageId } = drawing;
      const why = drawing.authorId === by ? 'undone' : 'cleared';
      return granted([{ type: 'map.drawingErased', payload: { id: drawing.id, why, regionId, townId, villageId } }]);
    }
  }
}

type Place = { readonly territory: DrawingTerritory; readonly holds: (place: LngLat) => boolean };
type Deciding = Place & { readonly command: DrawingCommand; readonly by: PersonId; readonly nowMs: number; readonly mayClear: boolean };
type Drawn = Place & { id: DrawingId; shape: DrawingShape; hours: number; by: PersonId; nowMs: number };

function decideDrawn(
  standing: readonly Drawing[],
  { id, shape, hours, by, nowMs, territory, holds }: Drawn,
): Result<readonly DrawingFactDraft[], DrawingRefusalCode> {
  const wanted = fewestPoints[shape.kind];
  const places = new Set(shape.points.map(([lng, lat]) => `${lng} ${lat}`));
  if (places.size < wanted) return refused('map.tooFewPoints', { wanted });
  if (isOverDateLine(shape.points)) return refused('map.overDateLine');
  // Of a line that crosses itself nobody can say what it encloses.
  if (shape.kind === 'area' && selfCrossing([...shape.points, ...shape.points.slice(0, 1)]) !== null) return refused('map.crossesItself');
  if (shape.kind === 'text' && shape.text === null) return refused('map.textMissing');
  if (!shape.points.every(holds)) return refused('map.outsideRegion');
  if (standing.some((drawing) => drawing.id === id)) return refused('map.alreadyDrawn');
  if (standing.length >= mostDrawings) return refused('map.tooManyDrawings', { most: mostDrawings });
  return granted([{ type: 'map.drawn', payload: { ...shape, ...territory, id, authorId: by, expiresAtMs: nowMs + hours * hourMs } }]);
}

/** Folds one drawing fact. */
export function evolveDrawings(state: DrawingsState, fact: DrawingFact): DrawingsState {
  switch (fact.type) {
    case 'map.drawn': {
      const standing = drawingsAt(state, fact.atMs).filter(({ id }) => id !== fact.payload.id);
      return new Map([...standing, { ...fact.payload, drawnAtMs: fact.atMs }].map((drawing) => [drawing.id, drawing]));
    }
    case 'map.drawingErased':
      return new Map([...state].filter(([id]) => id !== fact.payload.id));
  }
}

/** The drawings that stand at a moment, the oldest first. */
export function drawingsAt(state: DrawingsState, nowMs: number): readonly Drawing[] {
  return [...state.values()].filter(({ expiresAtMs }) => expiresAtMs > nowMs);
}
