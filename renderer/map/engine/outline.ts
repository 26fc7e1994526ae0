type Place = readonly [number, number];

/** An area's outline as the directory has it. */
export type Rings = readonly (readonly Place[])[];

/** Why an outline is not drawn; words under `map:outline`. */
export type OutlineRefusal = 'notNumbers' | 'swappedAxes' | 'outsideTheWorld' | 'overTheDateLine' | 'tooManyPoints' | 'noArea';

/** An outline is drawn as it is (a crossing one too: its overlaps come out as the tessellation makes them) or not at all. */
export type CheckedOutline =
  | { readonly kind: 'drawn'; readonly rings: Rings }
  | { readonly kind: 'refused'; readonly code: OutlineRefusal };

// Web Mercator ends here.
const greatestLatitude = 85;
// More would hold the window up for longer than a blink, and nobody can see them on a screen.
const mostPoints = 50_000;

/** Looks at an outline before it goes to the graphics card, where nothing would say what is wrong with it. */
export function checkOutline(rings: Rings): CheckedOutline {
  const refused = (code: OutlineRefusal): CheckedOutline => ({ kind: 'refused', code });
  const points = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (points > mostPoints) return refused('tooManyPoints');
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of rings) {
    for (const [lng, lat] of ring) {
      if (!Number.isFinite(lng) || !Number.isFinite(lat)) return refused('notNumbers');
      [west, east] = [Math.min(west, lng), Math.max(east, lng)];
      [south, north] = [Math.min(south, lat), Math.max(north, lat)];
    }
  }
  const isLatitude = south >= -greatestLatitude && north <= greatestLatitude;
  if (!isLatitude && west >= -greatestLatitude && east <= greatestLatitude) return refused('swappedAxes');
  if (!isLatitude || west < -180 || east > 180) return refused('outsideTheWorld');
  if (east - west > 180) return refused('overTheDateLine');
  const drawn = rings.filter((ring) => ring.length >= 4);
  if (drawn.length === 0 || !(east > west) || !(north > south)) return refused('noArea');
  return { kind: 'drawn', rings: drawn };
}
