import type { Tile } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { type TileKind, useReadyTiles } from '../wall/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import { wallFocusId } from './keys.ts';
import classes from './ReadyTiles.module.css';
import { useDragSource } from './useDragSource.ts';

/** What can be put on the Wall without choosing a camera: dragged, or picked up by key and put down with Enter on a cell. */
export function ReadyTiles() {
  const { t } = useTexts();
  const ready = useReadyTiles();
  return (
    <div className={classes.row}>
      <span className={classes.title}>{t('console:ready.title')}</span>
      {ready.map(({ tile, kind }) => (
        <ReadyTile key={tile.kind} tile={tile} kind={kind} />
      ))}
    </div>
  );
}

function ReadyTile({ tile, kind }: { tile: Tile; kind: TileKind }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const source = useDragSource<HTMLButtonElement>({ kind: 'tile', tile });
  const isPicked = useConsoleState(({ pickedUp }) => pickedUp?.kind === 'tile' && pickedUp.tile.kind === tile.kind);
  const pickUp = () => {
    view.pickUp(isPicked ? null : { kind: 'tile', tile });
    document.getElementById(wallFocusId)?.focus();
  };
  return (
    <button ref={source} type="button" className={classes.tile} data-ready={tile.kind} data-picked={isPicked} onClick={pickUp}>
      <kind.Summary tile={tile} />
      {isPicked && <span className={classes.picked}>{t('console:ready.picked')}</span>}
    </button>
  );
}
