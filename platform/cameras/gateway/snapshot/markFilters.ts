/** What is written into a kept picture: `lines` below it, `trace` faintly across it. `font` is a family that has Chinese characters. */
export type Mark = { readonly lines: readonly string[]; readonly trace: string; readonly font: string };

/** Size of a picture, px. */
export type PictureSize = { readonly widthPx: number; readonly heightPx: number };

/** A kept picture is at most so large without its strip: more tells nothing more of a street and does not fit its limit. */
const mostPx: PictureSize = { widthPx: 1920, heightPx: 1080 };

/** How large a picture is drawn: never larger than it came. Even numbers, as JPEG's halved colours want them. */
export function drawnSize({ widthPx, heightPx }: PictureSize): PictureSize {
  const share = Math.min(1, mostPx.widthPx / widthPx, mostPx.heightPx / heightPx);
  const even = (px: number) => Math.max(2, Math.round((px * share) / 2) * 2);
  return { widthPx: even(widthPx), heightPx: even(heightPx) };
}

/** How high the strip below the picture is. The mark covers nothing of what was seen but for its faint trace. Unit: px. */
export function stripPx(drawn: PictureSize, lines: number): number {
  return Math.ceil((lineHeight * lines + 0.6) * usualText(drawn)) & ~1;
}

/** ffmpeg's filters that make a picture of that size and write the mark into it. */
export function markFilters({ picture, mark }: { picture: PictureSize; mark: Mark }): string {
  const drawn = drawnSize(picture);
  const usual = usualText(drawn);
  const strip = stripPx(drawn, mark.lines.length);
  const { widthPx, heightPx } = drawn;
  const roomPx = widthPx - usual;
  const lines = mark.lines.map((line, at) => {
    const sizePx = fittingText({ line, usual, roomPx });
    const y = heightPx + Math.round(usual * (0.3 + lineHeight * at + (lineHeight * usual - sizePx) / (2 * usual)));
    return drawText({
      text: line,
      font: mark.font,
      place: `x=${Math.round(usual / 2)}:y=${y}`,
      look: `fontsize=${sizePx}:fontcolor=white`,
    });
  });
  const tracePx = fittingText({ line: mark.trace, usual: usual * 1.25, roomPx });
  const traces = [0.3, 0.68].map((share) =>
    drawText({
      text: mark.trace,
      font: mark.font,
      place: `x=(w-text_w)/2:y=${Math.round(heightPx * share)}`,
      look: `fontsize=${tracePx}:fontcolor=white@0.3:borderw=1:bordercolor=black@0.25`,
    }),
  );
  const sized = `scale=${widthPx}:${heightPx},setsar=1,pad=${widthPx}:${heightPx + strip}:0:0:color=0x10151a`;
  return [sized, ...lines, ...traces, 'format=yuvj420p'].join(',');
}

const lineHeight = 1.5;
/** Legible on a desk and in print (ux.md asks 14 px of a window). */
const leastTextPx = 14;

function usualText({ widthPx }: PictureSize): number {
  return Math.max(leastTextPx, Math.round(widthPx / 48));
}

/** Text that would not fit is written smaller, never cut: what is cut off could be who. */
function fittingText({ line, usual, roomPx }: { line: string; usual: number; roomPx: number }): number {
  const ems = [...line].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) >= 0x2e80 ? 1 : 0.6), 0);
  return Math.max(8, Math.min(Math.round(usual), Math.floor(roomPx / Math.max(1, ems))));
}

function drawText({ text, font, place, look }: { text: string; font: string; place: string; look: string }): string {
  // `expansion=none`: a name with %{...} in it is a name.
  return `drawtext=font=${escaped(font)}:expansion=none:text=${escaped(text)}:${place}:${look}`;
}

/** Twice: once for the filter's options, once for the graph (ffmpeg-filters, "Notes on filtergraph escaping"). */
function escaped(text: string): string {
  return text.replaceAll(/[\\':]/g, String.raw`\$&`).replaceAll(/[\\'[\],;]/g, String.raw`\$&`);
}
