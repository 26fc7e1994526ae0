import type { CustomLayerInterface, Map as LibreMap } from 'maplibre-gl';
import { hasHouses } from './landEffects.ts';
import type { KeptPictures } from './keptPictures.ts';

/** Whether the map drew the land again for a frame, or only what is our own over the land that was kept. */
export type FrameKind = 'whole' | 'kept';

/** Layers of our own that seldom change, and those above them that do each second: people, and the incidents over them. */
export type OwnPart = 'still' | 'moving';

/**
 * While the view stands still the land and its names look the same second by second, and only people, signs and areas change. The land is then kept
 * as a picture, and a frame is that picture, our own layers, and the picture of the names.
 */
export type KeptLand = {
  /** Puts what it needs into the style that the map has just loaded. Returns the layer below which our own belong. */
  enter(): string;
  /** Whether our own layers are to wait: this frame is kept, and they are drawn over it at its end. */
  isKeeping(): boolean;
  /** Draws a frame soon, because of what moves or of anything, with what is kept if there is something; none while the page is hidden or its screen locked, but one when it is seen again. */
  repaint(why: 'moving' | 'any'): void;
  close(): void;
};

type Options = {
  readonly map: LibreMap;
  readonly openPictures: (gl: WebGL2RenderingContext) => KeptPictures;
  /** Draws our own layers as they are now, seen as in the frame that the map draws or has drawn last; what moves needs no depth. */
  readonly drawOwn: (part: OwnPart, frame: FrameKind) => void;
  readonly onFrame: (kind: FrameKind) => void;
  readonly page: KeptLandPage;
};

/** What of the page is needed: its frames, and whether anybody sees it. */
export type KeptLandPage = Pick<Window, 'requestAnimationFrame' | 'cancelAnimationFrame'> & {
  readonly document: Pick<Document, 'hidden' | 'addEventListener' | 'removeEventListener'>;
};

const names = { under: 'own-layers-begin', over: 'own-layers-end', last: 'map-end' } as const;

/** Follows a map from its first frame on. */
export function keepLand({ map, openPictures, drawOwn, onFrame, page }: Options): KeptLand {
  let pictures: KeptPictures | null = null;
  // `keeping`: the frame that the map draws next is kept while it is drawn.
  let land: 'none' | 'keeping' | 'kept' = 'none';
  // Whether the land is kept with the layers that change seldom on it, as they are.
  let isStillKept = false;
  let isIdle = false;
  let hasNames = false;
  let asked: number | null = null;
  // Nobody saw the page when a frame was asked for: one is drawn when it is seen again, and none before.
  let isOwed = false;

  const drop = () => {
    land = 'none';
    isStillKept = false;
    isIdle = false;
  };
  const compose = (frame: FrameKind, gl: WebGL2RenderingContext) => {
    if (pictures === null) return;
    if (isStillKept) pictures.draw('still');
    else {
      pictures.draw('land');
      gl.depthMask(true);
      gl.depthRange(0, 1);
      gl.clearDepth(1);
      gl.clear(gl.DEPTH_BUFFER_BIT);
      drawOwn('still', frame);
    }
    if (frame === 'kept' && !isStillKept) {
      pictures.keep('still');
      isStillKept = true;
    }
    drawOwn('moving', frame);
    if (hasNames) pictures.draw('names');
  };
  const under = (gl: WebGL2RenderingContext) => {
    if (land !== 'keeping') return;
    pictures ??= openPictures(gl);
    pictures.keep('land');
  };
  const over = (gl: WebGL2RenderingContext) => {
    if (land !== 'keeping' || !hasNames) return;
    // Names are drawn on nothing, so that they can be laid over whatever is below them then.
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.colorMask(true, true, true, true);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
  };
  const last = (gl: WebGL2RenderingContext) => {
    if (land !== 'keeping' || pictures === null) return;
    if (hasNames) pictures.keep('names');
    compose('whole', gl);
  };
  const draw = () => {
    asked = null;
    if (land !== 'kept') {
      map.triggerRepaint();
      return;
    }
    compose('kept', map.painter.context.gl as WebGL2RenderingContext);
    onFrame('kept');
  };
  const stopAsking = () => {
    if (asked !== null) page.cancelAnimationFrame(asked);
    asked = null;
  };
  map.on('render', () => {
    // Whatever was to be drawn, this frame has drawn it.
    stopAsking();
    const isKept = land === 'keeping' && pictures !== null;
    drop();
    if (isKept) land = 'kept';
    onFrame('whole');
  });
  map.on('idle', () => {
    isIdle = true;
  });
  map.on('move', drop);
  map.on('resize', drop);
  const repaint = (why: 'moving' | 'any') => {
    if (why === 'any') isStillKept = false;
    isOwed = page.document.hidden;
    if (isOwed) return;
    if (land === 'kept') {
      asked ??= page.requestAnimationFrame(draw);
      return;
    }
    // Houses stand in the way of what is behind them, which a picture does not.
    if (isIdle && !hasHouses(map)) land = 'keeping';
    map.triggerRepaint();
  };
  const look = () => {
    if (isOwed) repaint('any');
  };
  page.document.addEventListener('visibilitychange', look);

  return {
    enter: () => {
      const first = map.getLayersOrder().find((id) => map.getLayer(id)?.type === 'symbol');
      hasNames = first !== undefined;
      map.addLayer(bracket(names.under, under), first);
      map.addLayer(bracket(names.over, over), first);
      map.addLayer(bracket(names.last, last));
      drop();
      return names.over;
    },
    isKeeping: () => land === 'keeping',
    repaint,
    close: () => {
      page.document.removeEventListener('visibilitychange', look);
      stopAsking();
      pictures?.close();
      pictures = null;
      land = 'none';
    },
  };
}

function bracket(id: string, run: (gl: WebGL2RenderingContext) => void): CustomLayerInterface {
  return { id, type: 'custom', renderingMode: '2d', render: (gl) => run(gl as WebGL2RenderingContext) };
}
