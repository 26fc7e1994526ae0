import { shiftHours } from '#contract/values/index.ts';
import { hourIn } from '../language/index.ts';

/** The shift at a moment in the county's zone, and when the next one takes over. */
export function shiftAt(atMs: number, timeZone: string): Shift {
  const hour = hourIn(atMs, timeZone);
  return hour >= shiftHours.day && hour < shiftHours.night ? dayShift : nightShift;
}

export type Shift = { readonly name: 'day' | 'night'; readonly nextAt: string };

const dayShift: Shift = { name: 'day', nextAt: '20:00' };
const nightShift: Shift = { name: 'night', nextAt: '08:00' };
