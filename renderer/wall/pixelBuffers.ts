/**
 * Memory for whole pictures and for the small ones made of them, used again: new ones for each small picture would be a megabyte of rubbish each time,
 * and canvases that nobody holds any more lie about until a window's small heap is collected (m: 95 of them and their pixels, 23 MiB).
 */
export type PixelBuffers = {
  take(bytes: number): Uint8ClampedArray<ArrayBuffer>;
  giveBack(buffer: Uint8ClampedArray<ArrayBuffer>): void;
  takeSheet(size: SheetSize): Sheet;
  giveBackSheet(sheet: Sheet): void;
};

/** What a small picture is drawn on: its pixels are `image`, put on `canvas` to be packed. Pixels. */
export type Sheet = { readonly image: ImageData; readonly canvas: Pick<OffscreenCanvas, 'getContext' | 'convertToBlob'> };
export type SheetSize = { readonly width: number; readonly height: number };

/** Keeps the one that was given back last, and only that. */
export function createPixelBuffers({ openSheet = openRealSheet }: { openSheet?: (size: SheetSize) => Sheet } = {}): PixelBuffers {
  let spare: Uint8ClampedArray<ArrayBuffer> | null = null;
  let spareSheet: Sheet | null = null;
  return {
    take: (bytes) => {
      const taken = spare?.length === bytes ? spare : new Uint8ClampedArray(bytes);
      spare = null;
      return taken;
    },
    giveBack: (buffer) => {
      spare = buffer;
    },
    takeSheet: (size) => {
      const taken = isOfSize(spareSheet, size) ? spareSheet : openSheet(size);
      spareSheet = null;
      return taken;
    },
    giveBackSheet: (sheet) => {
      spareSheet = sheet;
    },
  };
}

function isOfSize(sheet: Sheet | null, { width, height }: SheetSize): sheet is Sheet {
  return sheet !== null && sheet.image.width === width && sheet.image.height === height;
}

function openRealSheet({ width, height }: SheetSize): Sheet {
  return { image: new ImageData(width, height), canvas: new OffscreenCanvas(width, height) };
}
