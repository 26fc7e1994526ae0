import { columnsOf, type DisplayScene, layouts } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { cellsOf, provenCount } from '../wall/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import { MiniCell } from './MiniCell.tsx';
import classes from './MiniDisplay.module.css';

/** One Display in small: its cells as places to put things, its layouts, how much of it is proven. */
export function MiniDisplay({ scene, isPresent, isFirst }: { scene: DisplayScene; isPresent: boolean; isFirst: boolean }) {
  const { t, number } = useTexts();
  const { view } = useConsole();
  const connector = useRoom(({ displays }) => displays.find(({ displayKey }) => displayKey === scene.displayKey)?.connector ?? '');
  const glass = useRoom((room) => room.glass);
  const second = usePlatformTime((nowMs) => Math.floor(nowMs / 1000) * 1000);
  const { expected, byKind } = provenCount({ glass, wall: { version: 0, displays: [scene] }, displays: [scene], nowMs: second });
  const columns = columnsOf(scene.layout);
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
        <span className={classes.layouts} role="group" aria-label={t('console:display.layout', { number: scene.number })}>
          {layouts.map((layout) => (
            <button
              key={layout}
              type="button"
              aria-pressed={scene.layout === layout}
              title={t('console:display.cells', { count: layout })}
              onClick={() => view.setLayout(scene, layout)}
            >
              {layout}
            </button>
          ))}
        </span>
      </div>
      <div
        className={classes.screen}
        style={{
          aspectRatio: `${scene.widthPx} / ${scene.heightPx}`,
          gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
          gridTemplateRows: `repeat(${columns}, minmax(0, 1fr))`,
        }}
      >
        {cellsOf(scene.layout).map((cell) => (
          <MiniCell key={cell} scene={scene} cell={cell} isPresent={isPresent} isFirst={isFirst && cell === 0} />
        ))}
      </div>
    </div>
  );
}
