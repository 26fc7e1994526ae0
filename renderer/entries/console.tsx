import './jitless.ts';
import '@mantine/core/styles.css';
import '../look/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { CameraId } from '#contract/values/index.ts';
import { createSignIn } from '../access/index.ts';
import { type CameraBook, CameraBookProvider, cameraOf, cameraTile, PicturesProvider } from '../cameras/index.ts';
import { ConsoleProvider, ConsoleRoot, type ConsoleServices, ConsoleWindow, createConsoleView, TrustPanel } from '../console/index.ts';
import { buildSearchIndex, createTreeView, type DirectoryStore, keepDirectoryCopy, type SearchIndex } from '../directory/index.ts';
import { createMapDesk, MapProvider, MapTileView } from '../map/index.ts';
import { createPositionSource, PositionsProvider } from '../responders/index.ts';
import { RoomProvider, systemPorts } from '../room/index.ts';
import {
  byNumber,
  clockTile,
  createThumbnailSource,
  lazyTileKind,
  registerTileKinds,
  ThumbnailsProvider,
  TileKindsProvider,
} from '../wall/index.ts';
import { bookOfDirectory } from './bookOfDirectory.ts';
import { openWindow } from './openWindow.ts';
import { WindowGate } from './WindowGate.tsx';

const { room, ticker, pictures } = await openWindow({
  features: [
    'room',
    'cameras',
    'wall',
    'console',
    'access',
    'directory',
    'bus',
    'link',
    'record',
    'responders',
    'map',
    'selection',
    'incidents',
    'evidence',
  ],
});
const { timers } = systemPorts;
const directory = keepDirectoryCopy({ room, timers });
const tree = createTreeView();
const services: ConsoleServices = {
  view: createConsoleView({ room, timers, page: document.documentElement, storage: localStorage, session: sessionStorage }),
  directory,
  tree,
  signIn: createSignIn(room),
  searchIndex: keepSearchIndex(directory),
};
const book: CameraBook = bookOfDirectory(directory);
const positions = createPositionSource(room);
const map = createMapDesk({
  ...{ room, timers, randomness: systemPorts.random, page: document, interactive: 'moves' },
  positions: () => positions,
  directory: () => directory,
  fetcher: (...asked) => fetch(...asked),
  purpose: () => services.view.store.getState().purpose,
});
const thumbnails = createThumbnailSource({ room, decode: (jpeg) => createImageBitmap(new Blob([jpeg], { type: 'image/jpeg' })) });
const mapTile = lazyTileKind({ kind: 'map', name: 'map:tile.name', hasThumbnail: true, load: async () => MapTileView });
const tileKinds = registerTileKinds([cameraTile, mapTile, clockTile]);
openTree();

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <RoomProvider room={room} ticker={ticker}>
      <PicturesProvider value={pictures}>
        <CameraBookProvider value={book}>
          <TileKindsProvider value={tileKinds}>
            <PositionsProvider value={positions}>
              <MapProvider value={map}>
                <ThumbnailsProvider value={thumbnails}>
                  <ConsoleProvider value={services}>
                    <ConsoleRoot>
                      <WindowGate>{(identity) => (identity.kind === 'console' ? <ConsoleWindow /> : null)}</WindowGate>
                      <WindowGate>{() => <TrustPanel />}</WindowGate>
                    </ConsoleRoot>
                  </ConsoleProvider>
                </ThumbnailsProvider>
              </MapProvider>
            </PositionsProvider>
          </TileKindsProvider>
        </CameraBookProvider>
      </PicturesProvider>
    </RoomProvider>
  </StrictMode>,
);

/** One index per directory copy, made when it is first searched. */
function keepSearchIndex(store: DirectoryStore): () => SearchIndex {
  let known: { revision: number; index: SearchIndex } | null = null;
  return () => {
    const copy = store.getState();
    if (copy === null) return [];
    if (known?.revision !== copy.revision) known = { revision: copy.revision, index: buildSearchIndex(copy) };
    return known.index;
  };
}

/** The first copy opens the tree at the first camera of the wall, so that it is not one closed line. */
function openTree(): void {
  const stop = directory.subscribe((copy) => {
    if (copy === null) return;
    stop();
    const wall = room.store.getState()?.wall.displays ?? [];
    const shown = byNumber(wall).flatMap(({ tiles }) =>
      tiles.flatMap((tile) => copy.cameras.get(cameraOf(tile) ?? ('' as CameraId)) ?? []),
    );
    if (shown[0] !== undefined) tree.reveal(copy, shown[0]);
    else for (const { region } of copy.tree.roots) tree.toggle(region.id);
  });
}
