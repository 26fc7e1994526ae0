import { MaskAreas } from '#contract/cameras/index.ts';
import { granted, type Result, refused } from '#contract/values/index.ts';

/**
 * Reads masked areas as a list's cell holds them: `0.1,0.1 0.5,0.1 0.5,0.45; 0.6,0.9 ...`: points of the picture from its upper left
 * corner, 0..1, areas apart by semicolons. Empty = none.
 */
export function readMasks(text: string): Result<MaskAreas | null, 'directory.import.badMask'> {
  if (text.trim() === '') return granted(null);
  if (text.length > longestText) return refused('directory.import.badMask');
  const areas = text.split(/[;；]/).map((area) =>
    area
      .trim()
      .split(/\s+/)
      .map((point) => point.split(/[,，]/).map((number) => (plainNumber.test(number) ? Number(number) : Number.NaN))),
  );
  const parsed = MaskAreas.safeParse(areas);
  return parsed.success ? granted(parsed.data) : refused('directory.import.badMask');
}

/** Writes areas as they are read. */
export function masksText(areas: MaskAreas | undefined): string {
  return (areas ?? []).map((area) => area.map(([x, y]) => `${x},${y}`).join(' ')).join('; ');
}

const plainNumber = /^[01](\.\d{1,6})?$/;
// Eight areas of 32 points with six digits each, and some room.
const longestText = 8_000;
