/** Hours at which the duty changes, in the county's zone. Until the roster is kept in the platform every county has these two shifts. */
export const shiftHours = { day: 8, night: 20 } as const;

const minuteMs = 60_000;
const dayMinutes = 24 * 60;

/** When the running shift began (epoch ms, whole minute), reckoned in the county's IANA zone whatever the machine's own zone is. */
export function shiftStartMs(nowMs: number, timeZone: string): number {
  const now = minuteOfDay(nowMs, timeZone);
  const startMinutes = Object.values(shiftHours).map((hour) => hour * 60);
  const start = startMinutes.filter((minute) => minute <= now).toSorted((a, b) => b - a)[0] ?? Math.max(...startMinutes) - dayMinutes;
  const startMs = nowMs - (nowMs % minuteMs) - (now - start) * minuteMs;
  // Where the clocks were changed since, the same length of time leads to another hour: the difference is taken back once.
  const drift = (minuteOfDay(startMs, timeZone) - start + dayMinutes) % dayMinutes;
  return startMs - (drift > dayMinutes / 2 ? drift - dayMinutes : drift) * minuteMs;
}

function minuteOfDay(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [hour = 0, minute = 0] = format.format(atMs).split(':').map(Number);
  return hour * 60 + minute;
}
