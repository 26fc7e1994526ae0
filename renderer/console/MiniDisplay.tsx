import { cellCount, type DisplayScene, gridOf } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { areaStyle, gridStyle, provenCount } from '../wall/index.ts';
import { LayoutPicker } from './LayoutPicker.tsx';
import { MiniCell } from './MiniCell.tsx';
import classes from './MiniDisplay.module.css';

/** One Display in small: its cells as places to put things, its layouts, how much of it is proven. */
export function MiniDisplay({ scene, isPresent, isFirst }: { scene: DisplayScene; isPresent: boolean; isFirst: boolean }) {
  const { t, number } = useTexts();
  const connector = useRoom(({ displays }) => displays.find(({ displayKey }) => displayKey === scene.displayKey)?.connector ?? '');
  const glass = useRoom((room) => room.glass);
  const second = usePlatformTime((nowMs) => Math.floor(nowMs / 1000) * 1000);
  const { expected, byKind } = provenCount({ glass, wall: { version: 0, displays: [scene] }, displays: [scene], nowMs: second });
  const kept = keptBeyond(scene);
  return (
    <div className={classes.display} data-display={scene.number} data-present={isPresent}>
      <div className={classes.head}>
        <strong>{scene.number}</strong>
        <span className={classes.about} title={`${connector} ${scene.widthPx}×${scene.heightPx}`}>
          {isPresent ? (
            t('console:display.live', { live: number(byKind.live), expected: number(expected) })
          ) : (
            <span className={classes.unplugged}>
              <Shape name="cross" /> {t('console:display.unplugged')}
            </span>
          )}
        </span>
        {kept > 0 && (
          <span className={classes.kept} title={t('console:display.keptWhy')}>
            {t('console:display.kept', { count: kept })}
          </span>
        )}
        <LayoutPicker scene={scene} />
      </div>
      <div
        className={classes.screen}
        style={{
          aspectRatio: `${scene.widthPx} / ${scene.heightPx}`,
          ...gridStyle(scene.layout),
        }}
      >
        {gridOf(scene.layout).cells.map((area, cell) => (
          // Cells are known by their number.
          <MiniCell key={cell} scene={scene} cell={cell} area={areaStyle(area)} isPresent={isPresent} isFirst={isFirst && cell === 0} />
        ))}
      </div>
    </div>
  );
}

/** Tiles that the layout has no cell for: kept, and back as soon as it has. */
function keptBeyond({ layout, tiles }: DisplayScene): number {
  return tiles.slice(cellCount(layout)).filter((tile) => tile !== null).length;
}
