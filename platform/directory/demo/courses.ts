import type { Randomness } from '#contract/values/index.ts';
import { along, bentLine, distanceKm, type Point } from './plane.ts';

/** Cuts a line's corners twice (Chaikin), ends kept: how water and road builders turn. */
export function smoothed(line: readonly Point[]): Point[] {
  return cornersCut(cornersCut(line));
}

/** A natural course through given points: bent between them, then smoothed. */
export function courseThrough(random: Randomness, course: { points: readonly Point[]; bend: number; shortestKm: number }): Point[] {
  const { points, bend, shortestKm } = course;
  const bent = points.flatMap((to, index) => {
    const from = points[index - 1];
    return from === undefined ? [to] : [...bentLine(random, { from, to, bend, shortestKm }), to];
  });
  return smoothed(bent);
}

/** A place on a line: where, how far from its start, and the two points whose direction the line has there. */
export type Station = { readonly at: Point; readonly fromStartKm: number; readonly ahead: Point };

/** Stations along a line at equal steps, the ends excluded. */
export function stationsAlong(line: readonly Point[], stepKm: number): Station[] {
  const stations: Station[] = [];
  let walked = 0;
  let due = stepKm;
  line.forEach((to, index) => {
    const from = line[index - 1];
    if (from === undefined) return;
    const length = distanceKm(from, to);
    for (; due < walked + length; due += stepKm) {
      stations.push({ at: along({ from, to, share: (due - walked) / length }), fromStartKm: due, ahead: to });
    }
    walked += length;
  });
  return stations;
}

function cornersCut(line: readonly Point[]): Point[] {
  const [first, last] = [line[0], line.at(-1)];
  if (first === undefined || last === undefined) return [];
  const cut = line.flatMap((to, index): Point[] => {
    const from = line[index - 1];
    return from === undefined ? [] : [along({ from, to, share: 0.25 }), along({ from, to, share: 0.75 })];
  });
  return [first, ...cut, last];
}
