import { z } from 'zod';
import { granted, type Result, refused, safeText } from '#contract/values/index.ts';

const Zooms = z.tuple([z.int().min(0).max(22), z.int().min(0).max(22)]).refine(([from, to]) => from <= to);
const Attribution = safeText({ maxLength: 200 });
const address = z.string().max(2_000);

/**
 * In which coordinates a basemap was drawn (field.md, "Coordinates"). Maps here are WGS-84, which CGCS2000 equals for display. GCJ-02 and
 * BD-09 lie some hundred metres beside it: they are named so that they can be refused by name.
 */
export const BasemapDatum = z.enum(['WGS84', 'CGCS2000', 'GCJ02', 'BD09']);
/** Absent = nobody has said it: refused, unless the address tells. */
const datum = BasemapDatum.optional();

/**
 * What lies under the map. `pack`: the county pack alone. The others are drawn in its place, below its borders and names: any PMTiles file
 * (vector tiles in the pack's layers, or pictures), a TileJSON address, or the tiles of a WMTS by template: {z} {x} {y}, {key} for its key.
 * A chosen address is the only one that a window then asks besides its own origin.
 */
export const Basemap = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pack') }),
  z.strictObject({ kind: z.literal('pmtiles'), url: address, tiles: z.enum(['vector', 'pictures']), attribution: Attribution, datum }),
  z.strictObject({ kind: z.literal('tileJson'), url: address, tiles: z.enum(['vector', 'pictures']), attribution: Attribution, datum }),
  z.strictObject({
    kind: z.literal('wmts'),
    /** Drawn from below upwards; Tianditu wants two (picture and names). */
    templates: z.array(address).min(1).max(4),
    key: z
      .string()
      .regex(/^[A-Za-z0-9._-]{1,128}$/)
      .nullable(),
    tileSize: z.union([z.literal(256), z.literal(512)]).default(256),
    zooms: Zooms.default([1, 18]),
    attribution: Attribution,
    datum,
  }),
]);
export type Basemap = z.infer<typeof Basemap>;

/**
 * Where a window's own origin answers with what lies under its map. Only there: the platform is told nothing of it. The settings are at no
 * address, because whoever has an account on the machine reaches the windows' origin too, and a key is among them: windows ask main (`basemap`).
 */
export const basemapRoutes = {
  /** A PMTiles file of this workstation, by ranges; 404 while none was chosen. */
  file: '/map/basemap.pmtiles',
} as const;

/** What a window is told of its ground. `refusal`: why the chosen one is not drawn, and the pack is. */
export const ServedBasemap = z.strictObject({
  basemap: Basemap,
  refusal: z
    .strictObject({ code: z.string().max(64), params: z.record(z.string(), z.union([z.string(), z.number()])).optional() })
    .nullable(),
});
export type ServedBasemap = z.infer<typeof ServedBasemap>;

/** Why a basemap is not taken; sentences under `map:refusals`. */
export type BasemapRefusal =
  | 'map.basemapFileMissing'
  | 'map.basemapNoTiles'
  | 'map.basemapUnreadable'
  | 'map.basemapAddress'
  | 'map.basemapNoPlaces'
  | 'map.basemapOtherProjection'
  | 'map.basemapDatumMissing'
  | 'map.basemapShifted'
  | 'map.basemapKeyMissing'
  | 'map.basemapKeyUnused';

/** Why something in these coordinates is not drawn: it lies beside its place. Null = it lies where it says. */
export function shiftOf(datum: z.infer<typeof BasemapDatum> | null | undefined): 'GCJ-02' | 'BD-09' | null {
  if (datum === 'GCJ02') return 'GCJ-02';
  return datum === 'BD09' ? 'BD-09' : null;
}

/** Reads a basemap from settings; a refusal says which address and why. */
export function parseBasemap(value: unknown): Result<Basemap, BasemapRefusal> {
  const parsed = Basemap.safeParse(value);
  if (!parsed.success) return refused('map.basemapUnreadable', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const basemap = parsed.data;
  switch (basemap.kind) {
    case 'pack':
      return granted(basemap);
    case 'pmtiles':
    case 'tileJson':
      return isWebAddress(basemap.url) ? inPlace(basemap, [basemap.url]) : refused('map.basemapAddress', { address: shown(basemap.url) });
    case 'wmts':
      return checkedWmts(basemap);
  }
}

/** Address of one tile of a template, with its key put in. Only for asking: it is never written down. */
export function tileAddress({
  template,
  key,
  z,
  x,
  y,
}: { template: string; key: string | null } & Record<'z' | 'x' | 'y', number>): string {
  const places: Readonly<Record<string, string>> = { key: encodeURIComponent(key ?? ''), z: String(z), x: String(x), y: String(y) };
  return template.replaceAll(/\{(key|z|x|y)\}/g, (whole, name: string) => places[name] ?? whole);
}

/** Origins that windows must be let talk to for this basemap; none for the pack. */
export function basemapOrigins(basemap: Basemap): string[] {
  switch (basemap.kind) {
    case 'pack':
      return [];
    case 'pmtiles':
    case 'tileJson':
      return originsOf([basemap.url]);
    case 'wmts':
      return originsOf(basemap.templates);
  }
}

function checkedWmts(basemap: Extract<Basemap, { kind: 'wmts' }>): Result<Basemap, BasemapRefusal> {
  for (const template of basemap.templates) {
    const said = { address: shown(template) };
    if (!isWebAddress(template)) return refused('map.basemapAddress', said);
    if (!['{z}', '{x}', '{y}'].every((place) => template.includes(place))) return refused('map.basemapNoPlaces', said);
    if (isGeographic(template)) return refused('map.basemapOtherProjection', said);
    // Tianditu answers 403 to whoever names no key.
    if (basemap.key === null && (template.includes('{key}') || isTianditu(template))) return refused('map.basemapKeyMissing', said);
    if (basemap.key !== null && !template.includes('{key}')) return refused('map.basemapKeyUnused', said);
  }
  return inPlace(basemap, basemap.templates);
}

/** Servers of maps that are known to be shifted, by the end of their name; the law has them so, and no setting makes it otherwise. */
const shiftedServers = ['autonavi.com', 'amap.com', 'gaode.com', 'gtimg.com', 'map.qq.com', 'google.cn', 'geoq.cn'] as const;
const baiduServers = ['baidu.com', 'bdimg.com', 'bdstatic.com'] as const;

/** Nothing is drawn of which nobody knows whether it lies where it says: a picture beside its place sends people to the wrong house. */
function inPlace(basemap: Exclude<Basemap, { kind: 'pack' }>, urls: readonly string[]): Result<Basemap, BasemapRefusal> {
  for (const url of urls) {
    const said = { address: shown(url) };
    const known = datumOfServer(url);
    const shift = shiftOf(known) ?? shiftOf(basemap.datum);
    if (shift !== null) return refused('map.basemapShifted', { ...said, datum: shift });
    if (known === null && basemap.datum === undefined) return refused('map.basemapDatumMissing', said);
  }
  return granted(basemap);
}

function datumOfServer(url: string): z.infer<typeof BasemapDatum> | null {
  const host = /^https?:\/\/([^/:]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  const isOf = (names: readonly string[]) => names.some((name) => host === name || host.endsWith(`.${name}`));
  if (isTianditu(url)) return 'CGCS2000';
  if (isOf(shiftedServers)) return 'GCJ02';
  return isOf(baiduServers) ? 'BD09' : null;
}

/** Tianditu's layers end in _w (Web Mercator, which maps here are drawn in) or _c (degrees); a tile matrix set c means the same. */
function isGeographic(template: string): boolean {
  return (
    /\/(?:vec|cva|img|cia|ter|cta|eva|eia|ibo)_c\//i.test(template) || /tilematrixset=(?:c|epsg:?4490|epsg:?4326)(?:&|$)/i.test(template)
  );
}

function isTianditu(template: string): boolean {
  return /^https?:\/\/[^/]*\btianditu\.gov\.cn(?::\d+)?\//i.test(template);
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[A-Za-z0-9.{}-]+(?::\d{1,5})?\/[^\s"'<>\\^`|]*$/.test(text) && !text.includes('..');
}

function originsOf(urls: readonly string[]): string[] {
  return [...new Set(urls.flatMap((url) => /^https?:\/\/[^/]+/.exec(url)?.[0] ?? []))];
}

/** An address without what may be a key. */
function shown(text: string): string {
  return text.split('?')[0]?.slice(0, 120) ?? '';
}
