import type { TileEvidence } from './tileState.ts';

/** Header of a playlist's answer that says how its source is: `flowing`, `lost <epoch ms>` or `unmoving <epoch ms>`. */
export const sourceHeader = 'X-Camera-Source';

/** The header's value; null when there is nothing to tell yet. */
export function writeSourceHeader(source: TileEvidence['source']): string | null {
  switch (source.kind) {
    case 'unknown':
      return null;
    case 'flowing':
      return 'flowing';
    case 'lost':
    case 'unmoving':
      return `${source.kind} ${source.sinceMs}`;
  }
}

/** What the header says; null for none and for what is not understood. */
export function readSourceHeader(value: string | null): TileEvidence['source'] | null {
  if (value === 'flowing') return { kind: 'flowing' };
  const [, kind, sinceMs] = /^(lost|unmoving) (\d{1,16})$/.exec(value ?? '') ?? [];
  if (kind !== 'lost' && kind !== 'unmoving') return null;
  return { kind, sinceMs: Number(sinceMs) };
}
