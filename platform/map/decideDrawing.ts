import { commandSurfaces, may, type PolicyActor } from '#contract/access/index.ts';
import { decideDrawing, type DrawingCommand, type DrawingFactDraft, type DrawingsState, insideOf } from '#contract/map/index.ts';
import { granted, type LngLat, type PersonId, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { Directory } from '../directory/index.ts';
import type { FactDraft } from '../record/index.ts';

/** What of the directory says where a drawing belongs. */
export type DrawingPlaces = Pick<Directory, 'region' | 'regionPath' | 'rows'>;

type Asked = {
  readonly command: DrawingCommand;
  readonly actor: PolicyActor;
  readonly personId: PersonId;
  readonly nowMs: number;
  readonly places: DrawingPlaces;
};

/** Decides what people draw: in their own territory, and inside the region that they name. */
export function decideDrawingCommand(state: DrawingsState, asked: Asked): Result<readonly FactDraft[]> {
  switch (asked.command.type) {
    case 'map.draw':
      return drawnIn(state, { ...asked, regionId: asked.command.regionId });
    case 'map.eraseDrawing': {
      const drawing = state.get(asked.command.id);
      const regionPath = drawing === undefined ? [] : asked.places.regionPath(drawing.regionId);
      const mayClear = may(asked.actor, commandSurfaces['map.eraseDrawing'].action, { regionPath });
      const mayDraw = may(asked.actor, commandSurfaces['map.draw'].action, { regionPath });
      // Not yours and does not exist are the same answer.
      if (drawing === undefined || !(mayClear || mayDraw)) return refused('map.drawingGone');
      return told(decideDrawing(state, { ...factsOf(asked), mayClear, territory: drawing, holds: everywhere }));
    }
  }
}

function drawnIn(state: DrawingsState, asked: Asked & { readonly regionId: RegionId }): Result<readonly FactDraft[]> {
  const { places, regionId, actor } = asked;
  const regionPath = places.regionPath(regionId);
  if (!may(actor, commandSurfaces['map.draw'].action, { regionPath })) return refused('access.notAllowed');
  const above = (level: string) => regionPath.find((id) => places.region(id)?.level === level) ?? null;
  const territory = { regionId, townId: above('town'), villageId: above('village') };
  return told(decideDrawing(state, { ...factsOf(asked), mayClear: false, territory, holds: holdsOf(places, regionId) }));
}

function factsOf({ command, personId, nowMs }: Asked) {
  return { command, by: personId, nowMs };
}

const everywhere = () => true;

/** What lies beyond the county's border may be drawn too, by whoever draws for the whole of it; a region without an outline says nothing. */
function holdsOf(places: DrawingPlaces, regionId: RegionId): (place: LngLat) => boolean {
  if (places.region(regionId)?.parentId === null) return everywhere;
  const rings = places.rows('polygons').find((polygon) => polygon.regionId === regionId)?.rings;
  return rings === undefined ? everywhere : insideOf({ kind: 'region', regionId }, () => rings);
}

function told(decided: Result<readonly DrawingFactDraft[]>): Result<readonly FactDraft[]> {
  return decided.ok ? granted(decided.value.map((fact) => ({ ...fact, subject: `drawing/${fact.payload.id}` }))) : decided;
}
