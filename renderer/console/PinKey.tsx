import type { MouseEvent } from 'react';
import type { Tile } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { isPinnedTile, pinCommand, useMapDesk } from '../map/index.ts';
import { useRoomAccess } from '../room/index.ts';
import type { Place } from '../wall/index.ts';
import classes from './PinKey.module.css';

/** Pins one map tile to what the desk's maps show now, or lets it follow again; the same by `V` on its cell. */
export function usePin() {
  const desk = useMapDesk();
  const { ask, store } = useRoomAccess();
  return (tile: Tile | null, place: Place) => {
    const room = store.getState();
    if (tile?.kind !== 'map' || room === null) return;
    const command = pinCommand({ tile, place, wall: room.wall, desk, shared: room.mapLook });
    if (command !== null) void ask('commandWall', command);
  };
}

/** On a map's cell of the small wall: whether it follows, and the way to change that. */
export function PinKey({ tile, place }: { tile: Tile; place: Place }) {
  const { t } = useTexts();
  const pin = usePin();
  const isPinned = isPinnedTile(tile);
  const click = (event: MouseEvent) => {
    event.stopPropagation();
    pin(tile, place);
  };
  return (
    // The cell itself has the keyboard: its key is V.
    <button
      type="button"
      tabIndex={-1}
      className={classes.key}
      aria-pressed={isPinned}
      title={t(isPinned ? 'map:follow.freeTile' : 'map:follow.pinTile')}
      onClick={click}
      data-pin-tile=""
    >
      {t(isPinned ? 'map:follow.pinned' : 'map:follow.live')} <kbd>V</kbd>
    </button>
  );
}
