import { open, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { LinkLog } from '#contract/link/index.ts';
import {
  type Basemap,
  BasemapDatum,
  basemapOrigins,
  type BasemapRefusal,
  basemapRoutes,
  parseBasemap,
  ServedBasemap,
  shiftOf,
} from '#contract/map/index.ts';
import { granted, type Result, refused, safeText } from '#contract/values/index.ts';

/** What lies under the maps of this workstation, as its shell serves it. The platform is told nothing of it. */
export type DeskBasemap = {
  readonly served: ServedBasemap;
  /** The PMTiles file that is served at `basemapRoutes.file`; null = none. */
  readonly file: string | null;
  /** Origins that windows may ask besides their own. */
  readonly origins: readonly string[];
};

/** The county pack alone. */
export const packAlone: DeskBasemap = { served: { basemap: { kind: 'pack' }, refusal: null }, file: null, origins: [] };

/** A PMTiles file of this machine, in a file of settings; its path may be relative to that file. */
const LocalFile = z.strictObject({
  kind: z.literal('pmtiles'),
  file: z.string().min(1).max(1_000),
  attribution: safeText({ maxLength: 200 }).optional(),
  /** Absent = WGS-84: the format names its places in degrees of it, and whoever shifts them has to say so. */
  datum: BasemapDatum.optional(),
});

const settingsBytes = 64 * 1024;

/**
 * Reads what was chosen: `chosen` (a PMTiles file or a file of settings) or else `basemap.json` of the data folder. Never rejects: what
 * cannot be used is logged and told to the windows with the reason, and the pack is drawn. Keys are in no word of the log.
 */
export async function openDeskBasemap(options: { dataDir: string; chosen: string | null; log: LinkLog }): Promise<DeskBasemap> {
  const { chosen, log } = options;
  const file = chosen === null ? path.join(options.dataDir, 'basemap.json') : path.resolve(chosen);
  const read = await readChosen({ file, isAsked: chosen !== null });
  if (read === null) return packAlone;
  if (read.ok) {
    const { served, origins } = read.value;
    log.info({ kind: served.basemap.kind, origins }, 'basemap');
    return read.value;
  }
  log.error({ file, code: read.refusal.code, params: read.refusal.params }, 'the basemap is not taken: the county pack is drawn');
  return { ...packAlone, served: ServedBasemap.parse({ basemap: { kind: 'pack' }, refusal: read.refusal }) };
}

type Read = Result<DeskBasemap, BasemapRefusal>;

async function readChosen({ file, isAsked }: { file: string; isAsked: boolean }): Promise<Read | null> {
  if (file.endsWith('.pmtiles')) return await localPmtiles({ file });
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return isAsked ? refused('map.basemapFileMissing', { file: path.basename(file) }) : null;
  const value = text.length > settingsBytes ? null : parsed(text);
  const local = LocalFile.safeParse(value);
  if (local.success) return await localPmtiles({ ...local.data, file: path.resolve(path.dirname(file), local.data.file) });
  const basemap = parseBasemap(value);
  if (!basemap.ok) return basemap;
  return granted({ served: { basemap: basemap.value, refusal: null }, file: null, origins: basemapOrigins(basemap.value) });
}

/** PMTiles 3: seven letters, the version, and at byte 99 what its tiles are (github.com/protomaps/PMTiles, spec v3). */
const headerBytes = 127;
const pictureTypes: ReadonlySet<number> = new Set([2, 3, 4, 5]);

type Local = { file: string; attribution?: string | undefined; datum?: z.infer<typeof BasemapDatum> | undefined };

async function localPmtiles({ file, attribution, datum }: Local): Promise<Read> {
  const name = path.basename(file);
  const shift = shiftOf(datum);
  if (shift !== null) return refused('map.basemapShifted', { address: name, datum: shift });
  const header = await firstBytes(file);
  if (header === null) return refused('map.basemapFileMissing', { file: name });
  const [version, type] = [header[7], header[99] ?? 0];
  const isKnown = header.length === headerBytes && header.toString('latin1', 0, 7) === 'PMTiles' && version === 3;
  if (!isKnown || (type !== 1 && !pictureTypes.has(type))) return refused('map.basemapNoTiles', { file: name });
  const tiles = type === 1 ? 'vector' : 'pictures';
  const basemap: Basemap = { kind: 'pmtiles', url: basemapRoutes.file, tiles, attribution: attribution ?? name.slice(0, 200) };
  return granted({ served: { basemap, refusal: null }, file, origins: [] });
}

async function firstBytes(file: string): Promise<Buffer | null> {
  try {
    await using handle = await open(file, 'r');
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerBytes), 0, headerBytes, 0);
    return buffer.subarray(0, bytesRead);
  } catch {
    return null;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
