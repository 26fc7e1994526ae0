/** Red, green, blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** A place on the picture in pixels of 1280 x 720, y down. */
export type Spot = readonly [x: number, y: number];

/** A picture in memory, three bytes per pixel, row by row: what ffmpeg calls rgb24. */
export type Canvas = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** The size that all drawings are made for. */
export const pictureSize = { width: 1280, height: 720 } as const;

/** An empty, black picture. */
export function createCanvas(): Canvas {
  return { ...pictureSize, pixels: new Uint8Array(pictureSize.width * pictureSize.height * 3) };
}

/** An outline written as x, y, x, y ... */
export function corners(...numbers: readonly number[]): Spot[] {
  return numbers.flatMap((x, index) => (index % 2 === 0 ? [[x, numbers[index + 1] ?? 0] as const] : []));
}

/** Fills a polygon with smooth edges. The outline closes by itself; where it crosses itself the result is undefined. */
export function fillPolygon(canvas: Canvas, shape: { points: readonly Spot[]; colour: Colour; alpha?: number }) {
  const { points, colour, alpha = 1 } = shape;
  const box = boundsOf(canvas, points);
  if (box === null || alpha <= 0) return;
  const coverage = new Float32Array((box.width + 2) * (box.height + 1));
  points.forEach((from, index) => {
    const to = points[(index + 1) % points.length] ?? from;
    accumulate({ coverage, box, from, to });
  });
  for (let row = 0; row < box.height; row += 1) {
    let sum = 0;
    for (let column = 0; column < box.width; column += 1) {
      sum += coverage[row * (box.width + 2) + column] ?? 0;
      const share = Math.min(1, Math.abs(sum)) * alpha;
      if (share > 0.004) blend(canvas, { offset: ((box.top + row) * canvas.width + box.left + column) * 3, colour, share });
    }
  }
}

/** A rectangle by its top left corner. */
export function fillBox(canvas: Canvas, shape: { at: Spot; width: number; height: number; colour: Colour; alpha?: number }) {
  const {
    at: [x, y],
    width,
    height,
    ...rest
  } = shape;
  fillPolygon(canvas, {
    ...rest,
    points: corners(x, y, x + width, y, x + width, y + height, x, y + height),
  });
}

/** An ellipse by its middle and half axes. */
export function fillEllipse(canvas: Canvas, shape: { at: Spot; radius: Spot; colour: Colour; alpha?: number }) {
  const {
    at: [x, y],
    radius: [rx, ry],
    ...rest
  } = shape;
  const corners = Math.max(10, Math.min(48, Math.ceil(Math.max(rx, ry))));
  const points = Array.from({ length: corners }, (_, index): Spot => {
    const angle = (index / corners) * 2 * Math.PI;
    return [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
  });
  fillPolygon(canvas, { ...rest, points });
}

/** A line of even width, with flat ends. */
export function strokeLine(canvas: Canvas, shape: { from: Spot; to: Spot; width: number; colour: Colour; alpha?: number }) {
  const { from, to, width, ...rest } = shape;
  const length = Math.hypot(to[0] - from[0], to[1] - from[1]) || 1;
  const [x, y] = [(-(to[1] - from[1]) / length) * (width / 2), ((to[0] - from[0]) / length) * (width / 2)];
  fillPolygon(canvas, {
    ...rest,
    points: [
      [from[0] + x, from[1] + y],
      [to[0] + x, to[1] + y],
      [to[0] - x, to[1] - y],
      [from[0] - x, from[1] - y],
    ],
  });
}

/** Light that fades from its middle to its rim: lamps, mist, clouds. */
export function glow(canvas: Canvas, shape: { at: Spot; radius: Spot; colour: Colour; alpha: number }) {
  const { at, radius, colour, alpha } = shape;
  const [top, bottom] = [Math.max(0, Math.floor(at[1] - radius[1])), Math.min(canvas.height, Math.ceil(at[1] + radius[1]))];
  const [left, right] = [Math.max(0, Math.floor(at[0] - radius[0])), Math.min(canvas.width, Math.ceil(at[0] + radius[0]))];
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const away = ((x - at[0]) / radius[0]) ** 2 + ((y - at[1]) / radius[1]) ** 2;
      if (away < 1) blend(canvas, { offset: (y * canvas.width + x) * 3, colour, share: alpha * (1 - away) ** 2 });
    }
  }
}

/** Fills full rows from `top` to `bottom`, colour and alpha running evenly from the first to the second. */
export function fillRows(
  canvas: Canvas,
  rows: { top: number; bottom: number; colours: readonly [Colour, Colour]; alphas?: readonly [number, number] },
) {
  const { top, bottom, colours, alphas = [1, 1] } = rows;
  for (let y = Math.max(0, Math.floor(top)); y < Math.min(canvas.height, bottom); y += 1) {
    const share = (y - top) / (bottom - top);
    const colour = mixed(colours[0], colours[1], share);
    const alpha = alphas[0] + (alphas[1] - alphas[0]) * share;
    for (let x = 0; x < canvas.width; x += 1) blend(canvas, { offset: (y * canvas.width + x) * 3, colour, share: alpha });
  }
}

/** A colour between two, `share` of the way to the second. */
export function mixed(one: Colour, other: Colour, share: number): Colour {
  const channel = (index: 0 | 1 | 2) => one[index] + (other[index] - one[index]) * share;
  return [channel(0), channel(1), channel(2)];
}

function blend({ pixels }: Canvas, { offset, colour, share }: { offset: number; colour: Colour; share: number }) {
  for (let channel = 0; channel < 3; channel += 1) {
    const old = pixels[offset + channel] ?? 0;
    pixels[offset + channel] = old + ((colour[channel] ?? 0) - old) * share + 0.5;
  }
}

type Box = { left: number; top: number; width: number; height: number };

function boundsOf(canvas: Canvas, points: readonly Spot[]): Box | null {
  let [left, top, right, bottom] = [canvas.width, canvas.height, 0, 0];
  for (const [x, y] of points) {
    left = Math.min(left, Math.floor(x));
    top = Math.min(top, Math.floor(y));
    right = Math.max(right, Math.ceil(x));
    bottom = Math.max(bottom, Math.ceil(y));
  }
  [left, top, right, bottom] = [Math.max(0, left), Math.max(0, top), Math.min(canvas.width, right), Math.min(canvas.height, bottom)];
  return right <= left || bottom <= top ? null : { left, top, width: right - left, height: bottom - top };
}

// Signed area coverage, as font rasterisers do it: each edge leaves in every row how much it changes what lies to its right.
function accumulate({ coverage, box, from, to }: { coverage: Float32Array; box: Box; from: Spot; to: Spot }) {
  if (from[1] === to[1]) return;
  const direction = from[1] < to[1] ? 1 : -1;
  const [upper, lower] = direction === 1 ? [from, to] : [to, from];
  const slope = (lower[0] - upper[0]) / (lower[1] - upper[1]);
  const first = Math.max(0, Math.floor(upper[1] - box.top));
  const last = Math.min(box.height, Math.ceil(lower[1] - box.top));
  for (let row = first; row < last; row += 1) {
    const [start, end] = [Math.max(upper[1], box.top + row), Math.min(lower[1], box.top + row + 1)];
    if (end <= start) continue;
    const xAt = (y: number) => Math.min(box.width, Math.max(0, upper[0] + (y - upper[1]) * slope - box.left));
    const [one, other] = [xAt(start), xAt(end)];
    spread({
      coverage,
      offset: row * (box.width + 2),
      left: Math.min(one, other),
      right: Math.max(one, other),
      height: (end - start) * direction,
    });
  }
}

function spread({
  coverage,
  offset,
  left,
  right,
  height,
}: {
  coverage: Float32Array;
  offset: number;
  left: number;
  right: number;
  height: number;
}) {
  const [first, last] = [Math.floor(left), Math.ceil(right)];
  if (last <= first + 1) {
    const inside = height * (1 - ((left + right) / 2 - first));
    coverage[offset + first] = (coverage[offset + first] ?? 0) + inside;
    coverage[offset + first + 1] = (coverage[offset + first + 1] ?? 0) + height - inside;
    return;
  }
  // The edge crosses several pixels of this row: what is covered grows from one to the next.
  let covered = 0;
  for (let column = first; column <= last; column += 1) {
    const upTo = areaLeftOf({ left, right, column: column + 1 }) * height;
    coverage[offset + column] = (coverage[offset + column] ?? 0) + (upTo - covered);
    covered = upTo;
  }
}

// How much of pixel `column - 1` and all before lies right of a slanted edge, as the running sum that coverage keeps.
function areaLeftOf({ left, right, column }: { left: number; right: number; column: number }): number {
  const width = right - left;
  const at = (x: number) => Math.min(1, Math.max(0, (x - left) / width));
  const [start, end] = [Math.max(left, column - 1), Math.min(right, column)];
  if (column - 1 >= right) return 1;
  const slanted = end > start ? ((at(start) + at(end)) / 2) * (end - start) : 0;
  return slanted + Math.max(0, column - Math.max(right, column - 1));
}
