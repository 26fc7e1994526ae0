import { useCallback, useEffect } from 'react';
import type { DisplayScene, Tile } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import type { GlassReporter } from './glassReporter.ts';
import { placeName } from './grid.ts';
import { TileBoundary } from './TileBoundary.tsx';
import { type TileGlass, useTileKind } from './tileKinds.ts';
import classes from './WallWindow.module.css';

type Props = {
  readonly scene: DisplayScene;
  readonly cell: number;
  readonly reporter: GlassReporter;
  readonly widthPx: number;
  readonly labelPx: number;
};

/** One cell of a wall window: its tile, or its number where it is empty. */
export function WallCell({ scene, cell, reporter, widthPx, labelPx }: Props) {
  const name = placeName({ number: scene.number, cell });
  const tile = scene.tiles[cell] ?? null;
  return (
    <div className={classes.cell} data-cell={name} style={{ fontSize: labelPx }}>
      {tile === null ? (
        <span className={classes.empty}>{name}</span>
      ) : (
        // A new tile is a new component: nothing of the old one's picture or proof may be carried over.
        <FilledCell key={keyOf(tile)} scene={scene} cell={cell} reporter={reporter} widthPx={widthPx} labelPx={labelPx} tile={tile} />
      )}
    </div>
  );
}

function FilledCell({ scene, cell, reporter, widthPx, labelPx, tile }: Props & { tile: Tile }) {
  const { t } = useTexts();
  const kind = useTileKind(tile);
  const onGlass = useCallback((glass: TileGlass) => reporter.tell(cell, glass), [reporter, cell]);
  useEffect(() => () => reporter.forget(cell), [reporter, cell]);
  const place = placeName({ number: scene.number, cell });
  if (kind === undefined) return <div className={classes.broken}>{t('wall:tile.unknownKind', { place, kind: tile.kind })}</div>;
  return (
    <TileBoundary fallback={<div className={classes.broken}>{t('wall:tile.broken', { place })}</div>}>
      <kind.View
        tile={tile}
        place={{ displayKey: scene.displayKey, cell }}
        placeName={place}
        widthPx={widthPx}
        labelPx={labelPx}
        onGlass={onGlass}
      />
    </TileBoundary>
  );
}

function keyOf(tile: Tile): string {
  return JSON.stringify([tile.kind, tile.content]);
}
