import { hourIn } from '../language/index.ts';

/** Hours at which the duty changes. Until the roster is kept in the platform every county has these two shifts. */
const dayStartsAt = 8;
const nightStartsAt = 20;

/** The shift at a moment in the county's zone, and when the next one takes over. */
export function shiftAt(atMs: number, timeZone: string): Shift {
  const hour = hourIn(atMs, timeZone);
  return hour >= dayStartsAt && hour < nightStartsAt ? dayShift : nightShift;
}

export type Shift = { readonly name: 'day' | 'night'; readonly nextAt: string };

const dayShift: Shift = { name: 'day', nextAt: '20:00' };
const nightShift: Shift = { name: 'night', nextAt: '08:00' };
