/** Smooth noise over the plane, -1..1, the same for a seed on every machine (gradient noise of Perlin's kind). */
export type Noise = (x: number, y: number) => number;

/** Makes a noise whose hills are one unit apart. */
export function seededNoise(seed: number): Noise {
  return (x, y) => {
    const [left, bottom] = [Math.floor(x), Math.floor(y)];
    const [dx, dy] = [x - left, y - bottom];
    const slope = (column: number, row: number) =>
      gradient({ seed, column: left + column, row: bottom + row, dx: dx - column, dy: dy - row });
    const [u, v] = [fade(dx), fade(dy)];
    const low = slope(0, 0) + (slope(1, 0) - slope(0, 0)) * u;
    const high = slope(0, 1) + (slope(1, 1) - slope(0, 1)) * u;
    return (low + (high - low) * v) * 1.4;
  };
}

/** Ridges: sharp crests between valleys, 0..1, of several sizes at once. */
export function ridged(noise: Noise, { x, y, octaves }: { x: number; y: number; octaves: number }): number {
  let [sum, weight, size, total] = [0, 1, 1, 0];
  for (let octave = 0; octave < octaves; octave += 1) {
    const crest = 1 - Math.abs(noise(x * size + octave * 17.3, y * size - octave * 9.1));
    sum += crest * crest * weight;
    total += weight;
    weight *= 0.45;
    size *= 2.03;
  }
  return sum / total;
}

function fade(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}

function gradient({ seed, column, row, dx, dy }: { seed: number; column: number; row: number; dx: number; dy: number }): number {
  let mixed = (Math.imul(column, 0x27d4eb2d) ^ Math.imul(row, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  const angle = (((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296) * 2 * Math.PI;
  return Math.cos(angle) * dx + Math.sin(angle) * dy;
}
