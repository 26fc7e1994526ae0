import { PMTiles, type RangeResponse, type Source } from 'pmtiles';
import { z } from 'zod';
import { type Basemap, tileAddress } from '#contract/map/index.ts';
import { askGround, type GroundPorts } from './askGround.ts';
import { GroundFailure } from './groundFailure.ts';

/** A tile by the numbers of the web's own grid. */
export type TileAt = { readonly z: number; readonly x: number; readonly y: number };

/** What there is to draw of a sheet of tiles. */
export type GroundSheet = {
  readonly zooms: readonly [number, number];
  /** West, south, east, north; null = everywhere. */
  readonly bounds: readonly [number, number, number, number] | null;
  readonly tileSize: 256 | 512;
  readonly rows: 'fromNorth' | 'fromSouth';
};

/** A sheet, and how its tiles are had; null = there is none at that place. */
export type OpenSheet = { readonly sheet: GroundSheet; tile(at: TileAt, signal: AbortSignal): Promise<Blob | null> };

type Chosen = Exclude<Basemap, { kind: 'pack' }>;

/** Finds out what the source has, from below upwards. Rejects with a GroundFailure. */
export async function openSheets({
  basemap,
  signal,
  ...ports
}: GroundPorts & { basemap: Chosen; signal: AbortSignal }): Promise<OpenSheet[]> {
  switch (basemap.kind) {
    case 'wmts':
      return basemap.templates.map((template) => ({
        sheet: { zooms: basemap.zooms, bounds: null, tileSize: basemap.tileSize, rows: 'fromNorth' },
        tile: (at, ended) => askGround({ ...ports, url: tileAddress({ template, key: basemap.key, ...at }), signal: ended }),
      }));
    case 'tileJson':
      return [await openTileJson({ ...ports, basemap, signal })];
    case 'pmtiles':
      return [await openPmtiles({ ...ports, basemap })];
  }
}

const Zoom = z.int().min(0).max(24);

/** TileJSON 3.0.0, as far as it is drawn; what else stands in it is left alone. */
const TileJson = z.object({
  tiles: z.array(z.string().max(2_000)).min(1).max(20),
  minzoom: Zoom.default(0),
  maxzoom: Zoom.default(22),
  bounds: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional(),
  scheme: z.enum(['xyz', 'tms']).default('xyz'),
});

async function openTileJson({
  basemap,
  signal,
  ...ports
}: GroundPorts & { basemap: Of<'tileJson'>; signal: AbortSignal }): Promise<OpenSheet> {
  const told = await askGround({ ...ports, url: basemap.url, signal });
  const parsed = TileJson.safeParse(
    await told
      .text()
      .then(JSON.parse)
      .catch(() => null),
  );
  if (!parsed.success) throw new GroundFailure('notTiles');
  const { tiles, minzoom, maxzoom, bounds = null, scheme } = parsed.data;
  const own = `${new URL(basemap.url).origin}/`;
  if (!tiles.every((template) => template.startsWith(own))) throw new GroundFailure('otherOrigin');
  const templateOf = ({ x, y }: TileAt) => tiles[(x + y) % tiles.length] ?? '';
  return {
    sheet: { zooms: [minzoom, maxzoom], bounds, tileSize: 256, rows: scheme === 'xyz' ? 'fromNorth' : 'fromSouth' },
    tile: (at, ended) => askGround({ ...ports, url: tileAddress({ template: templateOf(at), key: null, ...at }), signal: ended }),
  };
}

async function openPmtiles({ basemap, ...ports }: GroundPorts & { basemap: Of<'pmtiles'> }): Promise<OpenSheet> {
  const archive = new PMTiles(new PartsOf({ ...ports, url: basemap.url }));
  const { minZoom, maxZoom, minLon, minLat, maxLon, maxLat } = await read(() => archive.getHeader());
  return {
    sheet: { zooms: [minZoom, maxZoom], bounds: [minLon, minLat, maxLon, maxLat], tileSize: 256, rows: 'fromNorth' },
    tile: async ({ z: zoom, x, y }, signal) => {
      const found = await read(() => archive.getZxy(zoom, x, y, signal));
      return found === undefined ? null : new Blob([found.data]);
    },
  };
}

/** Parts of a file by ranges, for the reader of PMTiles. */
class PartsOf implements Source {
  readonly #ports: GroundPorts & { readonly url: string };

  constructor(ports: GroundPorts & { readonly url: string }) {
    this.#ports = ports;
  }

  getKey(): string {
    return this.#ports.url;
  }

  async getBytes(...[start, bytes, signal]: Parameters<Source['getBytes']>): Promise<RangeResponse> {
    const part = await askGround({ ...this.#ports, signal: signal ?? new AbortController().signal, range: { start, bytes } });
    return { data: await part.arrayBuffer() };
  }
}

/** What a file says that is none throws something of its own. */
async function read<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GroundFailure || (error instanceof DOMException && error.name === 'AbortError')) throw error;
    throw new GroundFailure('notTiles');
  }
}

type Of<Kind> = Extract<Basemap, { kind: Kind }>;
