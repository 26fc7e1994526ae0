import { type DirectoryStore, keepDirectoryCopy } from '../directory/index.ts';
import { createMapDesk, MapProvider, MapTileView } from '../map/index.ts';
import { createPositionSource, type PositionSource } from '../responders/index.ts';
import { type RoomAccess, systemPorts } from '../room/index.ts';
import type { TileViewProps } from '../wall/index.ts';

/** What draws the map on a wall window, with all that it alone needs: the directory, and where everybody is. */
export function openWallMap(room: RoomAccess) {
  const { timers, random: randomness } = systemPorts;
  let directory: DirectoryStore | null = null;
  let positions: PositionSource | null = null;
  const desk = createMapDesk({
    ...{ room, timers, randomness, page: document, interactive: 'fixed' },
    directory: () => (directory ??= keepDirectoryCopy({ room, timers })),
    positions: () => (positions ??= createPositionSource(room)),
    fetcher: (...asked) => fetch(...asked),
    purpose: null,
  });
  return function WallMap(props: TileViewProps) {
    return (
      <MapProvider value={desk}>
        <MapTileView {...props} />
      </MapProvider>
    );
  };
}
