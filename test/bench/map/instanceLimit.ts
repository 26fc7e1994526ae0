/** The software renderer takes seconds for a frame of many instances, which a card would draw in a moment: with all of them 4,580 grids were open after 14.7 s, with so many after 1.2 s. */
const most = 256;

/** Has the card draw the first few instances of each call from now on; the page's own thread does everything as ever. Returns the way to draw all. */
export function limitInstances(context: typeof WebGL2RenderingContext): (draw: () => HTMLCanvasElement) => HTMLCanvasElement {
  let isLimited = true;
  const { prototype } = context;
  const { drawArraysInstanced, drawElementsInstanced } = prototype;
  const limited = (count: number) => (isLimited ? Math.min(count, most) : count);
  // The number of instances is the last word of both.
  prototype.drawArraysInstanced = function (...words) {
    drawArraysInstanced.apply(this, [words[0], words[1], words[2], limited(words[3])]);
  };
  prototype.drawElementsInstanced = function (...words) {
    drawElementsInstanced.apply(this, [words[0], words[1], words[2], words[3], limited(words[4])]);
  };
  return (draw) => {
    isLimited = false;
    const canvas = draw();
    isLimited = true;
    return canvas;
  };
}
