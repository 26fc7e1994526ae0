/**
 * The part of a larger picture that one canvas shows. Lengths in CSS pixels of the whole picture, from its top left; `scale`: how much larger
 * they are drawn here.
 */
export type MapPart = {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** The whole picture. */
  readonly wide: number;
  readonly high: number;
  readonly scale: number;
};

/** What of a canvas and its graphics context is made to be a part. */
type Surface = {
  readonly canvas: { width: number; height: number };
  readonly gl: Pick<WebGL2RenderingContext, 'viewport' | 'bindFramebuffer' | 'getParameter' | 'drawingBufferWidth' | 'drawingBufferHeight'>;
};

export type PartCanvas = {
  setPart(part: MapPart | null): void;
  /** As large as whoever draws takes the canvas for, in pixels. */
  whole(): { readonly width: number; readonly height: number };
};

/** Numbers of WebGL that are needed here. */
const words = { viewport: 0x0ba2, maxViewportDims: 0x0d3a, readFramebuffer: 0x8ca8 } as const;

/**
 * Makes a canvas show a part of what is drawn on it: whoever draws is told the size of the whole and draws it, the buffer is as large as the part,
 * and the viewport is moved so that the part falls into it. That is the same projection as the whole's, cut: nothing bends at the edges.
 * Must be done before anybody else keeps or wraps functions of the context. Null shows the whole.
 */
export function openPartCanvas({ canvas, gl }: Surface): PartCanvas {
  const real = sizeAccess(canvas);
  const most = gl.getParameter(words.maxViewportDims) as Int32Array;
  const whole = { width: real.width(), height: real.height() };
  let part: MapPart | null = null;
  const box = () => boxOf(whole, part);
  for (const side of ['width', 'height'] as const) {
    Object.defineProperty(canvas, side, {
      configurable: true,
      get: () => real[side](),
      set: (pixels: number) => {
        whole[side] = pixels;
        real.set(side, box()[side]);
      },
    });
  }
  // A whole that is larger than a viewport can be is drawn with fewer pixels: so its drawer answers a buffer that is smaller than it asked for.
  Object.defineProperty(gl, 'drawingBufferWidth', { configurable: true, get: () => Math.min(whole.width, most[0] ?? whole.width) });
  Object.defineProperty(gl, 'drawingBufferHeight', { configurable: true, get: () => Math.min(whole.height, most[1] ?? whole.height) });

  const [viewport, bindFramebuffer, getParameter] = [gl.viewport.bind(gl), gl.bindFramebuffer.bind(gl), gl.getParameter.bind(gl)];
  let asked: readonly [number, number, number, number] = [0, 0, whole.width, whole.height];
  let isScreen = true;
  const apply = () => {
    const [x, y, width, height] = asked;
    const { left, bottom } = isScreen ? box() : { left: 0, bottom: 0 };
    viewport(x - left, y - bottom, width, height);
  };
  gl.viewport = (...next) => {
    asked = next;
    apply();
  };
  gl.bindFramebuffer = (target, framebuffer) => {
    bindFramebuffer(target, framebuffer);
    if (target === words.readFramebuffer) return;
    isScreen = framebuffer === null;
    if (part !== null) apply();
  };
  gl.getParameter = (name) => (name === words.viewport ? Int32Array.from(asked) : (getParameter(name) as unknown));
  return {
    whole: () => ({ ...whole }),
    setPart: (next) => {
      part = next;
      real.set('width', box().width);
      real.set('height', box().height);
      apply();
    },
  };
}

/** The part in pixels of the buffer, from the bottom left as WebGL counts. */
function boxOf(whole: { readonly width: number; readonly height: number }, part: MapPart | null) {
  if (part === null) return { left: 0, bottom: 0, ...whole };
  const [across, down] = [whole.width / part.wide, whole.height / part.high];
  const top = Math.round(part.top * down);
  const [width, height] = [Math.max(1, Math.round(part.width * across)), Math.max(1, Math.round(part.height * down))];
  return { left: Math.round(part.left * across), bottom: whole.height - top - height, width, height };
}

/** The canvas's own size, also once it is answered for. */
function sizeAccess(canvas: Surface['canvas']) {
  const accessor = (side: 'width' | 'height') => {
    const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(canvas) as object, side);
    if (own?.get === undefined || own.set === undefined) throw new Error(`a canvas without a ${side} of its own`);
    return { get: own.get, set: own.set };
  };
  const sides = { width: accessor('width'), height: accessor('height') };
  return {
    width: () => sides.width.get.call(canvas) as number,
    height: () => sides.height.get.call(canvas) as number,
    set: (side: 'width' | 'height', pixels: number) => sides[side].set.call(canvas, pixels),
  };
}
