import { textEm } from '../wall/index.ts';

/** What a watermark says: who looks, from which desk, when. */
export type WatermarkParts = { readonly name: string; readonly deskId: string; readonly day: string; readonly minutes: string };

/** How it is said in one tile: lines, the part of the label's size they are drawn in, and how many of them fill the picture. */
export type WatermarkFit = { readonly lines: readonly string[]; readonly scale: number; readonly widthEm: number; readonly copies: number };

// Copies wander by a tenth of the tile to either side (Watermark.module.css): what is wider than this would be cut at the turns.
const shareOfTile = 0.8;
/** No smaller than this part of the label: 15 minutes of arc where the label has 20, which is still read (ISO 9241-303: 16 preferred, 10 threshold). */
const leastScale = 0.75;
/** The beginning of a desk's id tells it from the county's others; where there is little room, less of it. */
const shownOfDesk = { most: 13, least: 8 } as const;
/** Around a copy, in its own em. */
const roomEm = { across: 2.5, down: 1 } as const;
const lineEm = 1.25;
/** The copies' area (Watermark.module.css): a little wider than the picture, which is 16:9 as a rule, and without the lines of badge and label, in em. */
const area = { across: 1.08, down: 9 / 16, labelsEm: 3.6 } as const;
const mostCopies = 16;

/** The most that fits into a tile of `widthPx` whose label is `sizePx` high: in one line, in two, with less of the desk's id, and smaller at last. */
export function fitWatermark({ widthPx, sizePx, parts }: { widthPx: number; sizePx: number; parts: WatermarkParts }): WatermarkFit {
  const tileEm = widthPx / sizePx;
  const ways = waysToSay(parts);
  const lines = ways.find((way) => widest(way) <= tileEm * shareOfTile) ?? ways.at(-1) ?? [];
  const scale = Math.min(1, Math.max(leastScale, (tileEm * shareOfTile) / widest(lines)));
  const widthEm = widest(lines) + roomEm.across;
  const acrossEm = (tileEm * area.across) / scale;
  const columns = Math.max(1, Math.floor(acrossEm / widthEm));
  const downEm = (tileEm * area.down - area.labelsEm) / scale;
  const rows = Math.max(1, Math.floor(downEm / (lines.length * lineEm + roomEm.down)));
  return { lines, scale, widthEm: Math.min(widthEm, acrossEm), copies: Math.min(mostCopies, columns * rows) };
}

function waysToSay({ name, deskId, day, minutes }: WatermarkParts): readonly (readonly string[])[] {
  const desk = deskId.slice(0, shownOfDesk.most);
  const shortDesk = deskId.slice(0, shownOfDesk.least);
  return [[said(name, desk, `${day} ${minutes}`)], [said(name, minutes), said(desk, day)], [said(name, minutes), said(shortDesk, day)]];
}

function said(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ');
}

function widest(lines: readonly string[]): number {
  return Math.max(1, ...lines.map(textEm));
}
