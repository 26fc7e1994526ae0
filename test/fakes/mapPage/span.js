/** The engine as a wall has it, with land, areas, signs and words: `?at=108.3,33.3&zoom=11&pitch=50&bearing=20`, and `&part=left,top,width,height,wide,high` for a part of it. */
import '#renderer/entries/jitless.ts';
import '#renderer/look/page.css';
import './map.css';
import { createStore } from 'zustand/vanilla';
import { openMapEngine, readColors } from '#renderer/map/engine/index.ts';
import { followLook } from '#renderer/map/followLook.ts';
import { emptyMapState } from '#renderer/map/mapState.ts';

const asked = new URLSearchParams(location.search);
const numbers = (name) => (asked.get(name) ?? '').split(',').map(Number);
const timers = {
  afterMs: (delayMs, run) => {
    const id = setTimeout(() => run(), delayMs);
    return () => clearTimeout(id);
  },
};
const [lng = 0, lat = 0] = numbers('at');
const view = {
  center: [lng, lat],
  zoom: Number(asked.get('zoom')),
  pitch: Number(asked.get('pitch')),
  bearing: Number(asked.get('bearing')),
};
const engine = openMapEngine({
  ...{ page: document, timers, interactive: 'fixed', view, nowMs: Date.now(), colors: readColors(document.documentElement) },
  style: { version: 8, sources: {}, layers: [] },
});
document.querySelector('#map')?.append(engine.element);
const partOf = ([left, top, width, height, wide, high]) => ({ left, top, width, height, wide, high, scale: innerWidth / width });
const show = (text) => engine.setPart(text === null ? null : partOf(text.split(',').map(Number)));
if (asked.has('part')) show(asked.get('part'));
engine.fit();

const store = createStore(() => emptyMapState);
const room = createStore(() => ({ mapPack: undefined }));
const ask = async () => ({ ok: true, value: await (await fetch('/told/basemap.json')).json() });
const followed = followLook({
  ...{ engine, store, timers, page: document, room: { store: room, ask }, fetcher: (...question) => fetch(...question) },
  randomness: () => 0.5,
});

// Areas as prisms and signs all over the picture, so that some of each cross every seam.
const step = 0.012;
const places = Array.from({ length: 121 }, (_, at) => [lng + ((at % 11) - 5) * step, lat + (Math.floor(at / 11) - 5) * step]);
const ring = ([x, y]) =>
  [
    [-0.4, -0.4],
    [0.4, -0.4],
    [0.4, 0.4],
    [-0.4, 0.4],
    [-0.4, -0.4],
  ].map(([right, up]) => [x + right * step, y + up * step]);
const outlines = places.map((place, at) => ({ regionId: `r${at}`, rings: [ring(place)] }));
engine.setOutlines(
  new Map([
    ['county', outlines],
    ['town', outlines],
    ['village', outlines],
    ['grid', outlines],
  ]),
);
engine.setLoads(
  new Map(
    outlines.map(({ regionId }, at) => [
      regionId,
      { open: at % 5, nearlyLate: 0, late: at % 7 === 0 ? 1 : 0, report: at % 3 === 1 ? 'silent' : 'reporting' },
    ]),
  ),
);
const tones = ['critical', 'major', 'quiet'];
engine.setMarks(
  'incidents',
  places.map(([x, y], at) => ({ id: `i${at}`, place: [x + step / 2, y], shape: 'triangle', tone: tones[at % 3], sizePx: 9 })),
);
engine.setLabels(places.map(([x, y], at) => ({ place: [x, y + step / 2], text: `网格${at}`, rank: at, kind: 'region' })));
Object.assign(window, { engine, followed, store, show, places });
