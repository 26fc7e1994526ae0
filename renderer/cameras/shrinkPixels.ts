/** Pixels as they lie in memory: red, green, blue, opacity; rows from the top. */
export type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

/** Fills the smaller picture; each pixel is the mean of four about its place. */
export function shrinkPixels<Small extends Pixels>({ from, to }: { from: Pixels; to: Small }): Small {
  const [stepX, stepY] = [from.width / to.width, from.height / to.height];
  // Runs for each small picture on the page's main thread: nothing is made inside.
  for (let y = 0; y < to.height; y += 1) {
    const top = Math.floor((y + 0.25) * stepY) * from.width;
    const bottom = Math.floor((y + 0.75) * stepY) * from.width;
    for (let x = 0; x < to.width; x += 1) {
      const left = Math.floor((x + 0.25) * stepX);
      const right = Math.floor((x + 0.75) * stepX);
      const [a, b, c, d] = [(top + left) * 4, (top + right) * 4, (bottom + left) * 4, (bottom + right) * 4];
      const at = (y * to.width + x) * 4;
      for (let part = 0; part < 4; part += 1) {
        to.data[at + part] = (byteAt(from, a + part) + byteAt(from, b + part) + byteAt(from, c + part) + byteAt(from, d + part)) / 4;
      }
    }
  }
  return to;
}

function byteAt({ data }: Pixels, index: number): number {
  return data[index] ?? 0;
}
