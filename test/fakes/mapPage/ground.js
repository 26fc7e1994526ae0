/** The engine with its look followed, as windows have it, of a room only what lies under the map: `?at=108.3,33.3&zoom=11&hasty`. What happens is told on `window`. */
import '#renderer/entries/jitless.ts';
import '#renderer/look/page.css';
import './map.css';
import { createStore } from 'zustand/vanilla';
import { openMapEngine, readColors } from '#renderer/map/engine/index.ts';
import { followLook } from '#renderer/map/followLook.ts';
import { emptyMapState } from '#renderer/map/mapState.ts';

const asked = new URLSearchParams(location.search);
/** @type {string[]} */
const violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`),
);

const tileLimitMs = 10_000;

/** Waits of seconds are a tenth of it; a tile's own limit only where it is asked for, because a busy machine may need a second for one. */
const timers = {
  afterMs: (delayMs, run) => {
    const isShort = delayMs !== tileLimitMs || asked.has('hasty');
    const id = setTimeout(() => run(), isShort ? delayMs / 10 : delayMs);
    return () => clearTimeout(id);
  },
};
const [lng = 0, lat = 0] = (asked.get('at') ?? '').split(',').map(Number);
const view = { center: [lng, lat], zoom: Number(asked.get('zoom')), pitch: 0, bearing: 0 };
const engine = openMapEngine({
  ...{ page: document, timers, interactive: 'moves', view, nowMs: Date.now(), colors: readColors(document.documentElement) },
  style: { version: 8, sources: {}, layers: [] },
});
document.querySelector('#map')?.append(engine.element);
engine.fit();
const store = createStore(() => emptyMapState);
/** @type {string[]} */
const notes = [];
store.subscribe(({ ground }, before) => {
  if (ground !== before.ground) notes.push(ground === null ? 'none' : (ground.why ?? ground.refusal.code));
});
const room = createStore(() => ({ mapPack: undefined }));
/** As a room's main answers. */
const ask = async () => ({ ok: true, value: await (await fetch('/told/basemap.json')).json() });
const look = followLook({
  ...{ engine, store, timers, page: document, room: { store: room, ask }, fetcher: (...question) => fetch(...question) },
  randomness: () => 0.5,
});
let frames = 0;
engine.onFrame(() => (frames += 1));
Object.assign(window, { engine, store, room, notes, violations, look, frames: () => frames });
