import type { StoreApi } from 'zustand/vanilla';
import type { PackManifest, ServedBasemap } from '#contract/map/index.ts';
import { themeNames } from '../look/index.ts';
import { type MapEngine, readColors } from './engine/index.ts';
import { type FollowedGround, followGround } from './followGround.ts';
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

type Options = Pick<MapDeskPorts, 'page' | 'fetcher' | 'timers' | 'room' | 'randomness'> & {
  readonly engine: MapEngine;
  readonly store: StoreApi<MapState>;
};

export function followLook(options: Options): FollowedLook {
  const { engine, store, page, fetcher, room } = options;
  const closers = new DisposableStack();
  const listeners = new Set<() => void>();
  const root = page.documentElement;
  let pack: PackManifest | null = null;
  let ground: FollowedGround | null = null;
  const language = (): MapLanguage => (root.lang.startsWith('en') ? 'en' : 'zh');
  const theme = () => themeNames.find((name) => name === root.dataset['theme']) ?? 'dim';
  const tell = () => {
    const { scale } = store.getState();
    engine.setColors(readColors(root));
    engine.setScale(scale);
    // Before it is known what was chosen, the land of the pack would come and go again.
    engine.setBasemap(buildMapStyle({ theme: theme(), language: language(), scale, pack, ground: ground?.look() ?? notYet }));
    for (const listener of listeners) listener();
  };
  const openChosen = async () => {
    const told = await room.ask('basemap', {}).catch(() => null);
    if (closers.disposed) return;
    const served: ServedBasemap = told?.ok === true ? told.value : { basemap: { kind: 'pack' }, refusal: null };
    ground = followGround({ ...options, served, onLook: tell });
    closers.defer(ground.stop);
    if (pack === null) tell();
    else take(pack);
  };
  const take = (found: PackManifest) => {
    pack = found;
    ground?.judge(found);
    store.setState({ pack: 'drawn', attribution: attributionOf({ pack: found, ground: ground?.attribution() ?? null }) });
    tell();
  };
  // The page writes its language again with every change of the room; a new style for the same look would load the land anew.
  let told = '';
  const follow = () => {
    const look = `${theme()} ${language()} ${store.getState().scale}`;
    if (look === told) return;
    told = look;
    tell();
  };
  const observer = new MutationObserver(follow);
  closers.defer(() => observer.disconnect());
  observer.observe(root, { attributes: true, attributeFilter: ['data-theme', 'lang'] });
  closers.defer(store.subscribe(follow));
  follow();
  void openChosen();
  closers.defer(
    followPack({
      ...options,
      onPack: async (found) => {
        const names = namesOf(await fetchGazetteer({ fetcher, manifest: found }));
        await loadMapFonts({ fonts: page.fonts, names });
        if (!closers.disposed) take(found);
      },
      onNone: () => store.setState({ pack: 'none' }),
    }),
  );
  return {
    language,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => closers.dispose(),
  };
}

const notYet = { kind: 'pictures', sheets: [] } as const;

type Following = Pick<Options, 'fetcher' | 'timers' | 'room'> & {
  readonly onPack: (pack: PackManifest) => Promise<void>;
  readonly onNone: () => void;
};

/** Hands over the pack that is there, and each one that the workstation takes after it. */
function followPack({ fetcher, timers, room, onPack, onNone }: Following): () => void {
  let taken: string | null = null;
  let isStopped = false;
  let cancelAgain = () => {};
  const ask = async () => {
    cancelAgain();
    const found = await fetchPack(fetcher);
    if (isStopped) return;
    if (found === null && taken === null) onNone();
    if (found === null) cancelAgain = timers.afterMs(askAgainMs, () => void ask());
    if (found === null || found.contentHash === taken) return;
    taken = found.contentHash;
    await onPack(found);
  };
  const unfollow = room.store.subscribe((now, before) => {
    if (now?.mapPack !== undefined && now.mapPack !== before?.mapPack && now.mapPack !== taken) void ask();
  });
  void ask();
  return () => {
    isStopped = true;
    cancelAgain();
    unfollow();
  };
}

function attributionOf({ pack: { attribution }, ground }: { pack: PackManifest; ground: string | null }): PackManifest['attribution'] {
  return ground === null ? attribution : { zh: `${ground} · ${attribution.zh}`, en: `${ground} · ${attribution.en}` };
}
