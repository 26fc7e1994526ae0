import type { StoreApi } from 'zustand/vanilla';
import type { PackManifest } from '#contract/map/index.ts';
import { themeNames } from '../look/index.ts';
import { type MapEngine, readColors } from './engine/index.ts';
import type { MapDeskPorts } from './mapDesk.ts';
import type { MapState } from './mapState.ts';
import { buildMapStyle, fetchGazetteer, fetchPack, loadMapFonts, type MapLanguage, namesOf } from './style/index.ts';

/** Keeps the engine's colours, land and language as the page's: `data-theme` and `lang` of its root say which. */
export type FollowedLook = {
  language(): MapLanguage;
  onChange(listener: () => void): () => void;
  stop(): void;
};

// The workstation may still be fetching its first pack.
const askAgainMs = 20_000;

export function followLook({
  engine,
  store,
  page,
  fetcher,
  timers,
}: Pick<MapDeskPorts, 'page' | 'fetcher' | 'timers'> & {
  engine: MapEngine;
  store: StoreApi<MapState>;
}): FollowedLook {
  const listeners = new Set<() => void>();
  const root = page.documentElement;
  let pack: PackManifest | null = null;
  let isStopped = false;
  let cancelAgain = () => {};
  const language = (): MapLanguage => (root.lang.startsWith('en') ? 'en' : 'zh');
  const theme = () => themeNames.find((name) => name === root.dataset['theme']) ?? 'dim';
  const tell = () => {
    engine.setColors(readColors(root));
    engine.setBasemap(buildMapStyle({ theme: theme(), language: language(), pack }));
    for (const listener of listeners) listener();
  };
  const askForPack = async () => {
    const found = await fetchPack(fetcher);
    if (isStopped) return;
    if (found === null) {
      store.setState({ pack: 'none' });
      cancelAgain = timers.afterMs(askAgainMs, () => void askForPack());
      return;
    }
    const names = namesOf(await fetchGazetteer({ fetcher, manifest: found }));
    await loadMapFonts({ fonts: page.fonts, names });
    if (isStopped) return;
    pack = found;
    store.setState({ pack: 'drawn', attribution: found.attribution });
    tell();
  };
  // The page writes its language again with every change of the room; a new style for the same look would load the land anew.
  let told = '';
  const follow = () => {
    const look = `${theme()} ${language()}`;
    if (look === told) return;
    told = look;
    tell();
  };
  const observer = new MutationObserver(follow);
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme', 'lang'] });
  follow();
  void askForPack();
  return {
    language,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => {
      isStopped = true;
      cancelAgain();
      observer.disconnect();
    },
  };
}
