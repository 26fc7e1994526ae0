import type { Columns, InstancedSource } from './instancedLayer.ts';

/** Room for so many instances of a layer with these columns, none in use yet. */
export function makeSource(length: number, columns: Columns): InstancedSource {
  const attributes = Object.entries(columns).map(([name, { width, kind }]) => {
    const value = kind === 'unorm8' ? new Uint8Array(length * width) : new Float32Array(length * width);
    return [name, { value, size: width }] as const;
  });
  return { length, used: 0, attributes: Object.fromEntries(attributes), written: [] };
}
