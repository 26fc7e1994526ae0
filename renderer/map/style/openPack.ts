import { Protocol } from 'pmtiles';
import { Gazetteer, mapRoutes, packFilePath, packFiles, PackManifest } from '#contract/map/index.ts';

/** The part of MapLibre that takes a protocol of one's own. */
type TakesProtocols = {
  addProtocol(name: string, load: Protocol['tile']): void;
  removeProtocol(name: string): void;
};

/** Lets MapLibre read PMTiles by ranges of the window's own origin; once per page, before the first map. Returns the closer. */
export function openPackProtocol(maplibre: TakesProtocols): () => void {
  const protocol = new Protocol();
  maplibre.addProtocol('pmtiles', protocol.tile);
  return () => maplibre.removeProtocol('pmtiles');
}

/** Asks the window's own origin for the pack that is there now. Null: there is none yet, or it is of a kind that this window does not know. */
export async function fetchPack(fetcher: typeof fetch): Promise<PackManifest | null> {
  const manifest = PackManifest.safeParse(await jsonFrom({ fetcher, path: mapRoutes.manifest }));
  return manifest.success ? manifest.data : null;
}

/** The pack's names; empty when they cannot be read. */
export async function fetchGazetteer({ fetcher, manifest }: { fetcher: typeof fetch; manifest: PackManifest }): Promise<Gazetteer> {
  const path = packFilePath({ hash: manifest.contentHash, file: packFiles.gazetteer });
  const gazetteer = Gazetteer.safeParse(await jsonFrom({ fetcher, path }));
  return gazetteer.success ? gazetteer.data : { version: 1, places: [] };
}

async function jsonFrom({ fetcher, path }: { fetcher: typeof fetch; path: string }): Promise<unknown> {
  try {
    const answer = await fetcher(path);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
