/** `2026-11-22 08:30:05` in the county's zone: the same in both languages, sortable, and what a list's cell holds. */
export function countyTime(atMs: number, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(atMs);
}

/** The moment that `2026-11-22T08:30` is in the county's zone, epoch ms; undefined for what is no such text. */
export function countyMoment(text: string, timeZone: string): number | undefined {
  const asIfUtc = Date.parse(`${text}:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) || Number.isNaN(asIfUtc)) return undefined;
  const guess = asIfUtc - offsetMs(asIfUtc, timeZone);
  // Where the clocks change in between, the zone of the guess is another one.
  return asIfUtc - offsetMs(guess, timeZone);
}

function offsetMs(atMs: number, timeZone: string): number {
  return Date.parse(`${countyTime(atMs, timeZone).replace(' ', 'T')}Z`) - atMs;
}
