import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../language/index.ts';
import { useRoomAccess } from '../room/index.ts';
import type { TileViewProps } from '../wall/index.ts';
import { DrawingsLayer } from './drawings/index.ts';
import { useMapDesk, useMapState } from './MapContext.tsx';
import { MapGround } from './MapGround.tsx';
import { MapLegend } from './MapLegend.tsx';
import { MapPath } from './MapPath.tsx';
import { createMapThumbnail, shrinkCanvas } from './mapThumbnail.ts';
import { SelectionSketch, TileSelection } from './selection/index.ts';
import { followingOf } from './shareLook.ts';
import { SpanWords, useSpan } from './span/index.ts';
import classes from './MapTileView.module.css';

// Below this width the legend would cover what it explains: pixels, and as a multiple of the size of its words.
const legendFrom = { px: 900, labels: 36 } as const;

// The size of towns' names for somebody who sits before them (style/labelLayers.ts): on a wall they are as large as its labels.
const usualLabelPx = 14;

/** The map on a wall display: nobody touches it there. */
export function MapTileView({ tile, place, widthPx, labelPx, placeName, onGlass, offerThumbnail }: TileViewProps) {
  const { t } = useTexts();
  const desk = useMapDesk();
  const element = useRef<HTMLDivElement>(null);
  const span = useSpan({ tile, displayKey: place.displayKey, ref: element });
  const [directoryStore] = useState(() => desk.directory());
  const directory = useStore(directoryStore);
  useEffect(() => desk.follow(followingOf(tile.content)), [desk, tile]);
  useEffect(() => desk.enlarge(labelPx / usualLabelPx), [desk, labelPx]);
  const isPinned = useMapState((state) => state.following !== 'live');
  useEffect(() => onGlass({ cameraId: null, state: 'none', sinceMs: 0, lastPictureAtMs: null }), [onGlass]);
  const { platformNow } = useRoomAccess();
  const isDrawn = useMapState((state) => state.engine === 'open');
  useEffect(() => {
    const engine = desk.engine();
    if (!isDrawn || engine === null) return;
    const { take, stop } = createMapThumbnail({ engine, nowMs: platformNow, shrink: shrinkCanvas });
    const takeBack = offerThumbnail(take);
    return () => {
      takeBack();
      stop();
    };
  }, [desk, isDrawn, platformNow, offerThumbnail]);
  return (
    <div ref={element} className={classes.tile} style={{ fontSize: labelPx }} data-map-tile={placeName}>
      <MapGround />
      <div className={classes.over} style={span?.lay}>
        <DrawingsLayer />
        <SelectionSketch />
      </div>
      <div className={classes.head}>
        <span className={classes.place}>{placeName}</span>
        {span?.tellsHead !== false && (
          <>
            <span data-following={isPinned ? 'pinned' : 'live'}>{t(isPinned ? 'map:follow.pinned' : 'map:follow.live')}</span>
            <MapPath directory={directory} />
          </>
        )}
        {span !== null && <SpanWords span={span} />}
        {directory === null && <span>{t('map:engine.waiting')}</span>}
      </div>
      {span?.tellsHead !== false && (
        <div className={classes.selection}>
          <TileSelection directory={directory} />
        </div>
      )}
      {widthPx >= Math.max(legendFrom.px, legendFrom.labels * labelPx) && span?.tellsLegend !== false && (
        <div className={classes.legend}>
          <MapLegend />
        </div>
      )}
    </div>
  );
}
