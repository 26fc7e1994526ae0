/** Memory for whole pictures, used again: one of its own for each small picture would be a megabyte of rubbish each time. */
export type PixelBuffers = { take(bytes: number): Uint8ClampedArray<ArrayBuffer>; giveBack(buffer: Uint8ClampedArray<ArrayBuffer>): void };

/** Keeps the one that was given back last, and only that. */
export function createPixelBuffers(): PixelBuffers {
  let spare: Uint8ClampedArray<ArrayBuffer> | null = null;
  return {
    take: (bytes) => {
      const taken = spare?.length === bytes ? spare : new Uint8ClampedArray(bytes);
      spare = null;
      return taken;
    },
    giveBack: (buffer) => {
      spare = buffer;
    },
  };
}
