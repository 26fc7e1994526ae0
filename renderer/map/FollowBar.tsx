import { useTexts } from '../language/index.ts';
import { useRoom, useRoomAccess } from '../room/index.ts';
import classes from './FollowBar.module.css';
import { useMapDesk, useMapState } from './MapContext.tsx';
import { MapKey } from './MapKey.tsx';
import { isPinnedTile, mapTilesOf, pinCommands } from './pinTiles.ts';

/** Whether this map and those on the walls look at the same: to break off, to come back to live, to pin the walls' maps where they are. */
export function FollowBar() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { ask } = useRoomAccess();
  const isOwn = useMapState((state) => state.following !== 'live');
  const wall = useRoom((room) => room.wall);
  const tiles = mapTilesOf(wall);
  const isPinned = tiles.every(({ tile }) => isPinnedTile(tile));
  const isLed = useMapState((state) => state.isLed);
  const pin = () => {
    for (const command of pinCommands({ desk, wall })) void ask('commandWall', command);
  };
  return (
    <div className={classes.bar}>
      <MapKey
        words={t(isOwn ? 'map:follow.back' : 'map:follow.break')}
        hint="V"
        isPressed={isOwn}
        onPress={() => desk.follow(isOwn ? 'live' : 'own')}
        name="follow"
      />
      {tiles.length > 0 && (
        <MapKey words={t(isPinned ? 'map:follow.freeWall' : 'map:follow.pinWall')} isPressed={isPinned} onPress={pin} name="pin" />
      )}
      {(isOwn || isLed) && (
        <span className={classes.word} role="status">
          {t(isOwn ? 'map:follow.own' : 'map:follow.led')}
        </span>
      )}
    </div>
  );
}
