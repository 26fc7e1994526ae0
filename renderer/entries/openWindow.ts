import { initReactI18next } from 'react-i18next';
import type { Language } from '#contract/bridge/index.ts';
import {
  createDoubles,
  createConductor,
  createHlsPlayers,
  createOpenings,
  createPictures,
  createPushPlayers,
  createPushTransport,
  createRenewals,
  createVideoPool,
  createWhepPlayers,
  type Pictures,
  probeDecoders,
  startLineWatch,
} from '../cameras/index.ts';
import { createPageConnector, listenForHandovers } from '../bridge/index.ts';
import { openWords, type TextFeature, type Words } from '../language/index.ts';
import { openRoom, type RoomAccess, startTicker, systemPorts, type Ticker } from '../room/index.ts';

/** What every kind of window is made of. */
export type OpenedWindow = {
  readonly room: RoomAccess;
  readonly ticker: Ticker;
  readonly pictures: Pictures;
  readonly words: Words;
};

/** Puts a window's services together: the way to main, the room, the words, the pictures. */
export async function openWindow({ features }: { features: readonly TextFeature[] }): Promise<OpenedWindow> {
  const { protocol, host } = window.location;
  const room = openRoom({
    connector: createPageConnector({
      handovers: listenForHandovers(window),
      socketUrl: `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/bridge`,
      storage: sessionStorage,
    }),
    ...systemPorts,
  });
  const ticker = startTicker({ timers: systemPorts.timers, platformNow: room.platformNow });
  const words = await openWords({ features, language: askedLanguage(window.location.search) });
  words.i18n.use(initReactI18next);
  initReactI18next.init(words.i18n);
  followLanguage({ room, words });
  return { room, ticker, words, pictures: openPictures({ room, ticker }) };
}

function openPictures({ room, ticker }: { room: RoomAccess; ticker: Ticker }): Pictures {
  const transport = createPushTransport({ windowId: () => room.store.getState()?.window.windowId ?? 'unknown' });
  // A worker takes as long to start as a first picture to come.
  transport.warmUp();
  const { timers, random } = systemPorts;
  const conductor = createConductor({ timers, nowMs: () => performance.now() });
  const renewals = createRenewals({ timers, random, platformNow: room.platformNow });
  const pool = createVideoPool(document);
  // The types promise it; a browser under plain HTTP does not.
  const capabilities: MediaCapabilities | undefined = navigator.mediaCapabilities;
  const decoders = probeDecoders({ capabilities, cores: navigator.hardwareConcurrency });
  return createPictures({
    lostSinceMs: (cameraId) => {
      const source = room.store.getState()?.cameras.get(cameraId)?.source;
      return source?.kind === 'lost' ? source.sinceMs : null;
    },
    openings: createOpenings({ ...systemPorts, ask: room.ask, canAsk: room.canAsk }),
    ports: {
      players: {
        push: createPushPlayers({ transport, conductor }),
        hls: createHlsPlayers({ renewals }),
        whep: createWhepPlayers({ timers, renewals }),
      },
      doubles: createDoubles({ inUse: pool.inUse, decoders }),
      line: startLineWatch({ ticker, arrivals: transport.newestArrivals }),
      page: document,
      platformNow: room.platformNow,
      onPlatformBack: (listener) => onLinkBack(room, listener),
      ...{ pool, ticker, timers, random },
    },
  });
}

/** Told when this window and the platform can speak again: the bridge or main's link was away. */
function onLinkBack({ store }: RoomAccess, listener: () => void): () => void {
  return store.subscribe((now, before) => {
    const canAsk = now?.bridge === 'open' && now.link.kind === 'live';
    const could = before?.bridge === 'open' && before.link.kind === 'live';
    if (canAsk && !could) listener();
  });
}

/** Until main says so, the language the page was opened with. */
function askedLanguage(search: string): Language {
  return new URLSearchParams(search).get('lang') === 'en' ? 'en' : 'zh';
}

const pageLanguages: { readonly [Name in Language]: string } = { zh: 'zh-CN', en: 'en' };

/** The room's language is main's; every window shows it. */
function followLanguage({ room, words }: { room: RoomAccess; words: Words }): void {
  const follow = () => {
    const language = room.store.getState()?.language;
    if (language === undefined) return;
    document.documentElement.lang = pageLanguages[language];
    void words.show(language);
  };
  room.store.subscribe(follow);
  follow();
}
