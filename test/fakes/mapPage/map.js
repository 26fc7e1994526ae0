/** The county pack drawn by MapLibre alone, for looking at its styles: `?theme=dim&language=zh&at=108.3,33.3&zoom=11&pitch=45`. */
import '#renderer/entries/jitless.ts';
import '#renderer/look/page.css';
import './map.css';
import { Map as LibreMap, addProtocol, removeProtocol, setWorkerUrl } from 'maplibre-gl/dist/maplibre-gl-csp.js';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-csp-worker.js?url';
import { buildMapStyle, fetchGazetteer, fetchPack, loadMapFonts, namesOf, openPackProtocol } from '#renderer/map/style/index.ts';

/** @type {string[]} */
const violations = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`),
);

async function draw() {
  const asked = new URLSearchParams(location.search);
  const pack = await fetchPack(fetch.bind(window));
  if (pack === null) throw new Error('no pack');
  openPackProtocol({ addProtocol, removeProtocol });
  const gazetteer = await fetchGazetteer({ fetcher: fetch.bind(window), manifest: pack });
  await loadMapFonts({ fonts: document.fonts, names: namesOf(gazetteer) });
  setWorkerUrl(new URL(workerUrl, document.baseURI).href);
  const [lng = 0, lat = 0] = (asked.get('at') ?? '').split(',').map(Number);
  const map = new LibreMap({
    container: 'map',
    style: buildMapStyle({ pack, theme: asked.get('theme'), language: asked.get('language') }),
    center: [lng, lat],
    zoom: Number(asked.get('zoom')),
    pitch: Number(asked.get('pitch')),
    bearing: Number(asked.get('bearing') ?? 0),
    attributionControl: false,
    fadeDuration: 0,
    canvasContextAttributes: { preserveDrawingBuffer: true },
  });
  /** @type {string[]} */
  const errors = [];
  map.on('error', ({ error }) => errors.push(error.message));
  await map.once('idle');
  const names = (layers) =>
    map
      .queryRenderedFeatures({ layers })
      .map(({ properties }) => String(properties[asked.get('language') === 'zh' ? 'name_zh' : 'name_en']));
  const kinds = [...new Set(map.queryRenderedFeatures().map(({ layer }) => layer.id))];
  Object.assign(window, {
    drawn: { errors, violations, kinds, towns: names(['names-towns', 'names-county']), villages: names(['names-villages']) },
  });
}

draw().catch((error) => Object.assign(window, { drawn: { errors: [String(error)], violations, kinds: [], towns: [], villages: [] } }));
