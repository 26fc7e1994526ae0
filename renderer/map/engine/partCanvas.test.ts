import { expect, test } from 'vitest';
import { type MapPart, openPartCanvas } from './partCanvas.ts';

class FakeCanvas {
  #size = { width: 300, height: 150 };
  get width() {
    return this.#size.width;
  }
  set width(pixels: number) {
    this.#size.width = pixels;
  }
  get height() {
    return this.#size.height;
  }
  set height(pixels: number) {
    this.#size.height = pixels;
  }
  real() {
    return { ...this.#size };
  }
}

const screenTarget = 0x8d40;
const viewportName = 0x0ba2;

function openFake({ most = [16_384, 16_384] }: { most?: readonly number[] } = {}) {
  const canvas = new FakeCanvas();
  const viewports: number[][] = [];
  const gl = {
    drawingBufferWidth: 300,
    drawingBufferHeight: 150,
    viewport: (...box: number[]) => void viewports.push(box),
    bindFramebuffer: (..._: [number, WebGLFramebuffer | null]) => {},
    getParameter: (name: number): unknown => (name === viewportName ? viewports.at(-1) : most),
  };
  const opened = openPartCanvas({ canvas, gl });
  return { canvas, gl, viewports, ...opened };
}

const right: MapPart = { left: 1_940, top: 0, width: 1_920, height: 1_080, wide: 3_860, high: 1_080, scale: 1 };
const lowerRight: MapPart = { ...right, top: 1_100, high: 2_180 };

test('whoever draws is told the whole, the buffer is the part, and the viewport is moved by what lies before it', () => {
  const { canvas, gl, viewports, setPart, whole } = openFake();
  setPart(lowerRight);
  canvas.width = 3_860;
  canvas.height = 2_180;
  gl.viewport(0, 0, 3_860, 2_180);
  expect([whole(), gl.drawingBufferWidth, gl.drawingBufferHeight]).toEqual([{ width: 3_860, height: 2_180 }, 3_860, 2_180]);
  expect([canvas.real(), canvas.width, canvas.height]).toEqual([{ width: 1_920, height: 1_080 }, 1_920, 1_080]);
  // WebGL counts from below: nothing lies below the lower row.
  expect(viewports.at(-1)).toEqual([-1_940, 0, 3_860, 2_180]);
});

test('an upper part is moved down by what lies below it', () => {
  const { canvas, gl, viewports, setPart } = openFake();
  setPart({ ...lowerRight, top: 0 });
  canvas.width = 3_860;
  canvas.height = 2_180;
  gl.viewport(0, 0, 3_860, 2_180);
  expect(viewports.at(-1)).toEqual([-1_940, -1_100, 3_860, 2_180]);
});

test('what is drawn beside the screen is not moved, whichever of the two is told first, and nobody reads the moved viewport', () => {
  const { canvas, gl, viewports, setPart } = openFake();
  setPart(right);
  canvas.width = 3_860;
  canvas.height = 1_080;
  gl.viewport(0, 0, 3_860, 1_080);
  gl.bindFramebuffer(screenTarget, {} as WebGLFramebuffer);
  gl.viewport(0, 0, 512, 512);
  expect(viewports.at(-1)).toEqual([0, 0, 512, 512]);
  gl.viewport(0, 0, 3_860, 1_080);
  gl.bindFramebuffer(screenTarget, null);
  expect(viewports.at(-1)).toEqual([-1_940, 0, 3_860, 1_080]);
  expect([...(gl.getParameter(viewportName) as Int32Array)]).toEqual([0, 0, 3_860, 1_080]);
});

test('without a part everything is as it is elsewhere', () => {
  const { canvas, gl, viewports, setPart } = openFake();
  setPart(right);
  setPart(null);
  canvas.width = 800;
  canvas.height = 600;
  gl.viewport(0, 0, 800, 600);
  expect([canvas.real(), viewports.at(-1)]).toEqual([{ width: 800, height: 600 }, [0, 0, 800, 600]]);
});

test('fewer pixels for a whole that is larger than a viewport can be: the buffer is said to be as large as one', () => {
  const { canvas, gl, setPart } = openFake({ most: [2_048, 2_048] });
  setPart(right);
  canvas.width = 3_860;
  canvas.height = 1_080;
  expect([gl.drawingBufferWidth, gl.drawingBufferHeight]).toEqual([2_048, 1_080]);
  canvas.width = 1_930;
  canvas.height = 540;
  expect(canvas.real()).toEqual({ width: 960, height: 540 });
});
