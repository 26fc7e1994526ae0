import type { MapState } from './mapState.ts';

/** A sign of the legend with its words; `count` is written where the words ask for one. */
export type LegendRow = { readonly sign: string; readonly text: string; readonly count?: number };
/** Something that no sign can say. */
export type LegendNote = {
  readonly key: string;
  readonly text: string;
  readonly count?: number;
  readonly parts?: readonly LegendPart[];
  readonly tone: 'soft' | 'wrong';
};
/** One of several things that a note says of the same. */
type LegendPart = { readonly text: string; readonly count?: number };

type Shown = Pick<MapState, 'shown' | 'level' | 'loads' | 'assignments' | 'heat' | 'way' | 'outside' | 'refused' | 'detail' | 'pack'>;

/** The signs that are on the map now, at the level that is drawn. */
export function legendRows({ shown, level, loads, assignments, heat, way }: Shown): readonly LegendRow[] {
  const rows: LegendRow[] = [];
  if (shown.areas && level !== null) {
    if (shown.heat && heat.kind === 'known') rows.push({ sign: 'heat', text: 'map:legend.heat', count: heat.weeks });
    else {
      if (loads.late > 0) rows.push({ sign: 'late', text: 'map:legend.late', count: loads.late });
      if (loads.nearlyLate > 0) rows.push({ sign: 'nearlyLate', text: 'map:legend.nearlyLate', count: loads.nearlyLate });
      if (loads.open > 0) rows.push({ sign: 'load', text: 'map:legend.load', count: loads.open });
    }
    rows.push({ sign: 'none', text: `map:legend.none.${level}` });
    if (loads.silent > 0) rows.push({ sign: 'silent', text: `map:legend.silent.${level}`, count: loads.silent });
  }
  if (shown.incidents && loads.open + loads.nowhere > 0) rows.push({ sign: 'incident', text: 'map:legend.incident' });
  if (shown.cameras) rows.push({ sign: 'camera', text: 'map:legend.camera' });
  if (shown.responders) {
    rows.push({ sign: 'fresh', text: 'map:legend.responder' });
    if (shown.incidents && assignments > 0) rows.push({ sign: 'assignment', text: 'map:legend.assignment', count: assignments });
    if (way === 'kept') rows.push({ sign: 'trail', text: 'map:legend.trail' });
  }
  if (shown.centers) rows.push({ sign: 'center', text: 'map:legend.center' });
  return rows;
}

/** What is missing or cannot be true, counted: nothing of it is hidden, nothing stops the map. */
export function legendNotes({ shown, heat, loads, outside, refused, detail, pack }: Shown): readonly LegendNote[] {
  const notes: LegendNote[] = [];
  if (pack === 'none') notes.push({ key: 'pack', text: 'map:legend.noPack', tone: 'wrong' });
  if (shown.heat && heat.kind === 'tooFewWeeks') {
    notes.push({ key: 'heat', text: 'map:heat.tooFewWeeks', count: heat.weeks, tone: 'soft' });
  }
  if (shown.heat && heat.kind === 'unknown') notes.push({ key: 'heat', text: 'map:heat.unknown', tone: 'soft' });
  if (loads.nowhere > 0) notes.push({ key: 'nowhere', text: 'map:legend.nowhere', count: loads.nowhere, tone: 'wrong' });
  if (shown.responders && outside > 0) notes.push({ key: 'outside', text: 'map:legend.outside', count: outside, tone: 'wrong' });
  for (const [code, own] of Map.groupBy(refused, ({ code: why }) => why)) {
    notes.push({ key: code, text: `map:outline.${code}`, count: own.length, tone: 'wrong' });
  }
  notes.push(...easedNotes(detail));
  return notes;
}

/** What is left out while the machine cannot keep up: one note, so that it covers little of the map. */
function easedNotes({ ratioShare, land, ages }: Shown['detail']): readonly LegendNote[] {
  const parts: LegendPart[] = [];
  if (land === 'plain') parts.push({ text: 'map:eased.land' });
  if (ratioShare < 1) parts.push({ text: 'map:eased.pixels', count: ratioShare * 100 });
  if (ages === 'none') parts.push({ text: 'map:eased.ages' });
  return parts.length === 0 ? [] : [{ key: 'eased', text: 'map:eased.says', parts, tone: 'soft' }];
}
