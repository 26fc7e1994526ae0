const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(key: string, create: () => Intl.DateTimeFormat): Intl.DateTimeFormat {
  const known = formatters.get(key) ?? create();
  formatters.set(key, known);
  return known;
}

/** How a moment is written: in the county's zone, 24 hours, whatever the machine's own zone is. */
export type TimeStyle = 'seconds' | 'minutes' | 'date' | 'day';

/** Writes an epoch-ms moment for people. */
export function timeText(atMs: number, { style, timeZone, language }: { style: TimeStyle; timeZone: string; language: string }): string {
  return formatterFor(`${style} ${timeZone} ${language}`, () => createFormatter({ style, timeZone, language })).format(atMs);
}

function createFormatter({ style, timeZone, language }: { style: TimeStyle; timeZone: string; language: string }): Intl.DateTimeFormat {
  const clock = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  switch (style) {
    case 'seconds':
      return new Intl.DateTimeFormat('en-GB', { ...clock, second: '2-digit' });
    case 'minutes':
      return new Intl.DateTimeFormat('en-GB', clock);
    case 'day':
      return new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    case 'date':
      return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
        timeZone,
        year: 'numeric',
        month: 'long',
        day: 'numeric',
        weekday: 'long',
      });
  }
}

/** A length of time in its largest whole unit, as key and count for the `room:ago` texts. */
export function durationParts(ms: number): { key: 'seconds' | 'minutes' | 'hours' | 'days'; count: number } {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return { key: 'seconds', count: seconds };
  if (seconds < 3600) return { key: 'minutes', count: Math.floor(seconds / 60) };
  if (seconds < 86_400) return { key: 'hours', count: Math.floor(seconds / 3600) };
  return { key: 'days', count: Math.floor(seconds / 86_400) };
}

/** Hour of the day in the county's zone, 0 to 23. */
export function hourIn(atMs: number, timeZone: string): number {
  return Number(timeText(atMs, { style: 'minutes', timeZone, language: 'en' }).slice(0, 2));
}
