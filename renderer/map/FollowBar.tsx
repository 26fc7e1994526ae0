import { pinnedCamera, pinnedContent } from '#contract/map/index.ts';
import { type WallCommand, type WallState } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom, useRoomAccess } from '../room/index.ts';
import classes from './FollowBar.module.css';
import { useMapDesk, useMapState } from './MapContext.tsx';
import type { MapDesk } from './mapDesk.ts';
import { cameraNow } from './shareLook.ts';

/** Whether this map and those on the walls look at the same: to break off, to come back to live, to pin the walls' maps where they are. */
export function FollowBar() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { ask } = useRoomAccess();
  const isOwn = useMapState((state) => state.following !== 'live');
  const wall = useRoom((room) => room.wall);
  const tiles = mapTilesOf(wall);
  const isPinned = tiles.some(({ isPinned: own }) => own);
  const pin = () => {
    for (const command of pinCommands({ desk, wall })) void ask('commandWall', command);
  };
  return (
    <div className={classes.bar}>
      <button type="button" className={classes.key} aria-pressed={isOwn} onClick={() => desk.follow(isOwn ? 'live' : 'own')} data-follow="">
        {t(isOwn ? 'map:follow.back' : 'map:follow.break')} <kbd>V</kbd>
      </button>
      {tiles.length > 0 && (
        <button type="button" className={classes.key} aria-pressed={isPinned} onClick={pin} data-pin="">
          {t(isPinned ? 'map:follow.freeWall' : 'map:follow.pinWall')}
        </button>
      )}
      {isOwn && (
        <span className={classes.word} role="status">
          {t('map:follow.own')}
        </span>
      )}
    </div>
  );
}

function mapTilesOf({ displays }: WallState) {
  return displays.flatMap(({ displayKey, tiles }) =>
    tiles.flatMap((tile, cell) => (tile?.kind === 'map' ? [{ displayKey, cell, isPinned: pinnedCamera(tile.content) !== null }] : [])),
  );
}

/** All map tiles are pinned to where this map looks now; where one is pinned already, all follow again. */
function pinCommands({ desk, wall }: { desk: MapDesk; wall: WallState }): readonly WallCommand[] {
  const tiles = mapTilesOf(wall);
  const engine = desk.engine();
  const isPinned = tiles.some((tile) => tile.isPinned);
  if (engine === null) return [];
  const content = isPinned ? {} : pinnedContent(cameraNow(engine));
  return tiles.map(({ displayKey, cell }) => ({ type: 'wall.placeTile', displayKey, cell, tile: { kind: 'map', content } }));
}
