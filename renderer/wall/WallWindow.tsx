import { useEffect, useMemo } from 'react';
import { type DisplayKey, gridOf, sceneOf } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { systemPorts, useRoom, useRoomAccess } from '../room/index.ts';
import { startGlassReporter } from './glassReporter.ts';
import { labelSizePx } from './labelFit.ts';
import { areaStyle, gridStyle } from './LayoutGrid.tsx';
import { startThumbnailReporter } from './thumbnailReporter.ts';
import { useSize } from './useSize.ts';
import { WallCell } from './WallCell.tsx';
import { WallNotices } from './WallNotices.tsx';
import classes from './WallWindow.module.css';

/** One bare window that covers one Display: its scene as a grid of tiles, and what the room must say on every screen. */
export function WallWindow({ displayKey }: { displayKey: DisplayKey }) {
  const { ref, widthPx, heightPx } = useSize<HTMLDivElement>();
  const { t } = useTexts();
  const reporter = useGlassReporter(displayKey);
  const thumbnails = useThumbnailReporter();
  const scene = useRoom(({ wall }) => sceneOf(wall, displayKey));
  const heightMm = useRoom(({ displays }) => displays.find((display) => display.displayKey === displayKey)?.heightMm ?? null);
  const labelPx = labelSizePx({ heightPx, heightMm, viewingDistanceMm: null });
  return (
    <div ref={ref} className={classes.wall} data-layout={scene?.layout}>
      {scene === undefined ? (
        <div className={classes.unknown} style={{ fontSize: labelPx }}>
          {t('wall:window.noScene')}
        </div>
      ) : (
        <div className={classes.grid} style={gridStyle(scene.layout)}>
          {heightPx > 0 &&
            gridOf(scene.layout).cells.map((area, cell) => (
              <WallCell
                // Cells are known by their number: a Display keeps what cell 3 shows when its layout changes.
                key={cell}
                scene={scene}
                cell={cell}
                area={areaStyle(area)}
                reporter={reporter}
                thumbnails={thumbnails}
                widthPx={(widthPx / gridOf(scene.layout).columns) * area.columns}
                labelPx={labelPx}
              />
            ))}
        </div>
      )}
      <WallNotices labelPx={labelPx} over={scene !== undefined && gridOf(scene.layout).columns % 2 === 0 ? 'edge' : 'tile'} />
    </div>
  );
}

function useGlassReporter(displayKey: DisplayKey) {
  const { ask, platformNow } = useRoomAccess();
  const reporter = useMemo(
    () =>
      startGlassReporter({
        displayKey,
        // A report that does not arrive is followed by the next one; main calls an old report old.
        send: (report) => void ask('reportGlass', report),
        timers: systemPorts.timers,
        platformNow,
      }),
    [displayKey, ask, platformNow],
  );
  useEffect(() => () => reporter.stop(), [reporter]);
  return reporter;
}

function useThumbnailReporter() {
  const { ask } = useRoomAccess();
  const reporter = useMemo(
    () => startThumbnailReporter({ send: (report) => void ask('reportThumbnail', report), timers: systemPorts.timers }),
    [ask],
  );
  useEffect(() => () => reporter.stop(), [reporter]);
  return reporter;
}
