/** What a drawing looks like: share of pixels that are not ground, and a sum that another drawing does not have. */
export type Look = { readonly drawnShare: number; readonly sum: number };

/** Reads a canvas pixel by pixel. */
export function lookOf(canvas: HTMLCanvasElement): Look {
  const copy = new OffscreenCanvas(canvas.width, canvas.height);
  const context = copy.getContext('2d', { willReadFrequently: true });
  if (context === null) return { drawnShare: 0, sum: 0 };
  context.drawImage(canvas, 0, 0);
  const { data } = context.getImageData(0, 0, copy.width, copy.height);
  let [drawn, sum] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
    // #0d1318 is the ground.
    if (Math.abs(red - 13) + Math.abs(green - 19) + Math.abs(blue - 24) > 12) drawn += 1;
    sum = (sum * 31 + red * 7 + green * 3 + blue) % 1_000_000_007;
  }
  return { drawnShare: drawn / (data.length / 4), sum };
}
