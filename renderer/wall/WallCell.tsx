import { type CSSProperties, useCallback, useEffect } from 'react';
import type { DisplayScene, Tile } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import type { GlassReporter } from './glassReporter.ts';
import { placeName } from './grid.ts';
import type { TakeThumbnail, ThumbnailReporter } from './thumbnailReporter.ts';
import { TileBoundary } from './TileBoundary.tsx';
import { type TileGlass, useLookOf, useTileKind } from './tileKinds.ts';
import classes from './WallWindow.module.css';

type Props = {
  readonly scene: DisplayScene;
  readonly cell: number;
  readonly area: CSSProperties;
  readonly reporter: GlassReporter;
  readonly thumbnails: ThumbnailReporter;
  readonly widthPx: number;
  readonly labelPx: number;
};

/** One cell of a wall window: its tile, or its number where it is empty. */
export function WallCell({ area, ...place }: Props) {
  const { scene, cell, labelPx } = place;
  const name = placeName({ number: scene.number, cell });
  const tile = scene.tiles[cell] ?? null;
  const lookOf = useLookOf();
  return (
    <div className={classes.cell} data-cell={name} style={{ ...area, fontSize: labelPx }}>
      {tile === null ? (
        <span className={classes.empty}>{name}</span>
      ) : (
        // A new tile is a new component: nothing of the old one's picture or proof may be carried over.
        <FilledCell key={lookOf(tile)} {...place} tile={tile} />
      )}
    </div>
  );
}

function FilledCell({ scene, cell, reporter, thumbnails, widthPx, labelPx, tile }: Omit<Props, 'area'> & { tile: Tile }) {
  const { t } = useTexts();
  const kind = useTileKind(tile);
  const onGlass = useCallback((glass: TileGlass) => reporter.tell(cell, glass), [reporter, cell]);
  const offerThumbnail = useCallback((take: TakeThumbnail) => thumbnails.offer(cell, take), [thumbnails, cell]);
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
        offerThumbnail={offerThumbnail}
      />
    </TileBoundary>
  );
}
