/** The software renderer takes some 15 µs for each instance of a draw call: seconds for a county, which a card would draw in a millisecond. */
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
