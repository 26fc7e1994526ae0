import type { DisplayGeometry } from '#contract/wall/index.ts';
import { type EdidIdentity, parseEdid } from './edid.ts';

/** One connector with a picture on it, as xrandr tells it: on the X screen, where a CSS pixel is a pixel. */
export type XrandrOutput = DisplayGeometry & {
  readonly connector: string;
  readonly isPrimary: boolean;
  readonly edid: EdidIdentity | null;
};

/** `DP-1 connected primary 1920x1080+0+0 (0x56b) left (normal left inverted right x axis y axis) 527mm x 296mm` */
const outputLine =
  /^(?<connector>\S+) connected (?<primary>primary )?(?<width>\d+)x(?<height>\d+)\+(?<x>\d+)\+(?<y>\d+)(?: \(0x[0-9a-f]+\))?(?<turned> left| right)?.*?(?: (?<mmX>\d+)mm x (?<mmY>\d+)mm)?$/;

/**
 * Reads `xrandr --verbose` (also `--props` and the plain form). Connected connectors without a mode carry no picture and are left out; of
 * connectors that mirror each other only one is kept, the primary first.
 */
export function parseXrandr(text: string): readonly XrandrOutput[] {
  const blocks = text.split(/\n(?=\S)/);
  const outputs = blocks.flatMap((block) => parseOutput(block.split('\n')) ?? []);
  const primaryFirst = [...outputs].sort((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
  const kept = new Map(primaryFirst.reverse().map((output) => [`${output.x},${output.y}`, output]));
  return outputs.filter((output) => kept.get(`${output.x},${output.y}`) === output);
}

function parseOutput(lines: readonly string[]): XrandrOutput | undefined {
  const found = outputLine.exec(lines[0] ?? '')?.groups;
  if (found === undefined) return undefined;
  const millimetres = { x: toMillimetres(found['mmX']), y: toMillimetres(found['mmY']) };
  const isTurned = found['turned'] !== undefined;
  return {
    connector: found['connector'] ?? '',
    isPrimary: found['primary'] !== undefined,
    x: Number(found['x']),
    y: Number(found['y']),
    widthPx: Number(found['width']),
    heightPx: Number(found['height']),
    widthMm: isTurned ? millimetres.y : millimetres.x,
    heightMm: isTurned ? millimetres.x : millimetres.y,
    edid: parseEdid(edidHex(lines)),
  };
}

/** Projectors and dummies say 0 mm: that is no size. */
function toMillimetres(text: string | undefined): number | null {
  const value = Number(text ?? 0);
  return value > 0 ? value : null;
}

/** The hex lines below `EDID:`, each 32 digits, indented once more. */
function edidHex(lines: readonly string[]): string {
  const start = lines.findIndex((line) => /^\s+EDID:/.test(line));
  if (start === -1) return '';
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^\s+[0-9a-f]+\s*$/.test(line));
  return rest
    .slice(0, end === -1 ? undefined : end)
    .map((line) => line.trim())
    .join('');
}
