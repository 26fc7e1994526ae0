import type { CustomLayerInterface, Map as LibreMap } from 'maplibre-gl';
import { expect, test } from 'vitest';
import { keepLand, type KeptLandPage } from './keptLand.ts';

type Layer = {
  readonly id: string;
  readonly type: string;
  readonly isHidden: () => boolean;
  readonly render?: CustomLayerInterface['render'];
};

/** A map that draws when it is told to, and a page whose frames come when they are let. What is drawn is written down. */
function open({ houses = 'none', names = 'drawn' }: { houses?: 'none' | 'drawn'; names?: 'none' | 'drawn' } = {}) {
  const drawn: string[] = [];
  const gl = { clear: () => {}, depthMask: () => {}, depthRange: () => {}, clearDepth: () => {}, bindFramebuffer: () => {} };
  const flat = { ...gl, colorMask: () => {}, clearColor: () => {} } as unknown as WebGL2RenderingContext;
  const layer = (id: string, type: string): Layer => ({ id, type, isHidden: () => false });
  let layers = [layer('land', 'fill'), ...(houses === 'drawn' ? [layer('houses', 'fill-extrusion')] : [])];
  if (names === 'drawn') layers.push(layer('names', 'symbol'));
  const listeners = new Map<string, Set<() => void>>();
  const fire = (name: string) => {
    for (const listener of listeners.get(name) ?? []) listener();
  };
  let isAsked = false;
  const map = {
    painter: { context: { gl: flat } },
    on: (name: string, listener: () => void) => listeners.set(name, (listeners.get(name) ?? new Set()).add(listener)),
    getLayersOrder: () => layers.map(({ id }) => id),
    getLayer: (id: string) => layers.find((row) => row.id === id),
    getZoom: () => 12,
    addLayer: (added: CustomLayerInterface, before?: string) => {
      const at = before === undefined ? layers.length : layers.findIndex(({ id }) => id === before);
      layers = layers.toSpliced(at, 0, { ...layer(added.id, 'custom'), render: added.render });
    },
    triggerRepaint: () => {
      isAsked = true;
    },
  };
  const waiting: (() => void)[] = [];
  const seen = { hidden: false, listener: () => {} };
  const page = {
    requestAnimationFrame: (run: () => void) => waiting.push(run),
    cancelAnimationFrame: (handle: number) => void waiting.splice(handle - 1, 1, () => {}),
    document: {
      get hidden() {
        return seen.hidden;
      },
      addEventListener: (_: string, listener: () => void) => {
        seen.listener = listener;
      },
      removeEventListener: () => {},
    },
  } as unknown as KeptLandPage;
  const land = keepLand({
    map: map as unknown as LibreMap,
    page,
    openPictures: () => ({
      keep: (which) => void drawn.push(`keep ${which}`),
      draw: (which) => void drawn.push(which === 'still' ? 'the still' : which),
      close: () => void drawn.push('close'),
    }),
    drawOwn: (part) => void drawn.push(part),
    onFrame: (kind) => void drawn.push(`frame ${kind}`),
  });
  land.enter();
  /** A frame of the page: ours if one was asked for, then the map's if it has something to do. */
  const frame = (state: 'idle' | 'busy' = 'idle') => {
    for (const run of waiting.splice(0)) run();
    if (isAsked) {
      isAsked = false;
      for (const { render } of layers) render?.(flat, {} as never);
      fire('render');
      if (state === 'idle') fire('idle');
    }
    return drawn.splice(0);
  };
  const ask = (why: 'moving' | 'any' = 'moving') => {
    land.repaint(why);
    return frame();
  };
  const see = (how: 'hidden' | 'seen') => {
    seen.hidden = how === 'hidden';
    seen.listener();
  };
  return { land, frame, ask, fire, see, map, drawn };
}

const keeping = ['keep land', 'keep names', 'land', 'still', 'moving', 'names', 'frame whole'];
/** The first one after something else than people changed, and those after it. `the still`: the picture of what is still. */
const first = ['land', 'still', 'keep still', 'moving', 'names', 'frame kept'];
const kept = ['the still', 'moving', 'names', 'frame kept'];

test('the first frame after the map is idle keeps the land and the names; from then on only what is our own is drawn anew', () => {
  const { ask } = open();
  expect([ask(), ask(), ask(), ask()]).toEqual([['frame whole'], keeping, first, kept]);
});

test('a change of what is still is drawn once and kept again, whatever else is asked for in the same frame', () => {
  const { ask, land } = open();
  for (let turn = 0; turn < 3; turn += 1) ask();
  expect([ask(), ask('any'), ask(), ask()]).toEqual([kept, first, kept, kept]);
  land.repaint('any');
  expect([ask('moving'), ask()]).toEqual([first, kept]);
});

test('whatever the map draws or moves by itself ends what was kept', () => {
  const { ask, frame, fire, map } = open();
  ask();
  expect([ask(), ask()]).toEqual([keeping, first]);
  map.triggerRepaint();
  expect([frame(), ask(), ask()]).toEqual([['frame whole'], keeping, first]);
  for (const end of ['move', 'resize']) {
    fire(end);
    expect([ask(), ask(), ask()]).toEqual([['frame whole'], keeping, first]);
  }
});

test('a frame that the map draws first leaves nothing to draw for the one that was asked for', () => {
  const { ask, frame, fire, land } = open();
  ask();
  ask();
  land.repaint('moving');
  fire('render');
  expect(frame()).toEqual(['frame whole']);
});

test('a map that is still busy, or that shows houses, is drawn whole each time', () => {
  const busy = open();
  busy.land.repaint('moving');
  busy.frame('busy');
  expect([busy.ask()]).toEqual([['frame whole']]);
  const built = open({ houses: 'drawn' });
  expect([built.ask(), built.ask(), built.ask()]).toEqual([['frame whole'], ['frame whole'], ['frame whole']]);
});

test('a land without names keeps one picture', () => {
  const { ask } = open({ names: 'none' });
  ask();
  expect([ask(), ask()]).toEqual([
    ['keep land', 'land', 'still', 'moving', 'frame whole'],
    ['land', 'still', 'keep still', 'moving', 'frame kept'],
  ]);
});

test('nothing is drawn while nobody sees the page, and once what was asked for meanwhile', () => {
  const { ask, frame, see } = open();
  ask();
  ask();
  see('hidden');
  expect([ask(), ask()]).toEqual([[], []]);
  see('seen');
  expect([frame(), frame()]).toEqual([first, []]);
  see('hidden');
  see('seen');
  expect(frame()).toEqual([]);
});
