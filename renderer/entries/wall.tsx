import './jitless.ts';
import '../look/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CameraBookProvider, cameraTile, createCameraBook, PicturesProvider } from '../cameras/index.ts';
import { RoomProvider } from '../room/index.ts';
import { clockTile, lazyTileKind, registerTileKinds, TileKindsProvider, WallWindow } from '../wall/index.ts';
import { openWindow } from './openWindow.ts';
import { WindowGate } from './WindowGate.tsx';

const { room, ticker, pictures } = await openWindow({ features: ['room', 'cameras', 'wall', 'access', 'bus', 'map', 'selection'] });
const book = createCameraBook(room);
const mapTile = lazyTileKind({ kind: 'map', name: 'map:tile.name', load: async () => (await import('./wallMap.tsx')).openWallMap(room) });
const tileKinds = registerTileKinds([cameraTile, mapTile, clockTile]);

createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <RoomProvider room={room} ticker={ticker}>
      <PicturesProvider value={pictures}>
        <CameraBookProvider value={book}>
          <TileKindsProvider value={tileKinds}>
            <WindowGate>{(identity) => (identity.kind === 'wall' ? <WallWindow displayKey={identity.displayKey} /> : null)}</WindowGate>
          </TileKindsProvider>
        </CameraBookProvider>
      </PicturesProvider>
    </RoomProvider>
  </StrictMode>,
);
