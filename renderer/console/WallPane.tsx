import type { DisplayKey } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import { byNumber } from '../wall/index.ts';
import { JoinDisplays } from './JoinDisplays.tsx';
import { MiniDisplay } from './MiniDisplay.tsx';
import paneClasses from './Pane.module.css';
import { ReadyTiles } from './ReadyTiles.tsx';
import { TroubleList } from './TroubleList.tsx';
import classes from './WallPane.module.css';

// Above this many, two Displays stand beside each other so that all of them are seen at once.
const singleColumnUpTo = 2;

/** Right pane: every Display of the Wall in small, and what is not as it should be. */
export function WallPane() {
  const { t } = useTexts();
  const scenes = useRoom(({ wall }) => wall.displays);
  const present = useRoom(({ displays }) => displays);
  const ordered = byNumber(scenes);
  const isPresent = (key: DisplayKey) => present.some(({ displayKey }) => displayKey === key);
  return (
    <section className={paneClasses.pane} style={{ gridArea: 'wall' }} aria-label={t('console:wall.title')}>
      <div className={paneClasses.head}>
        <h2 className={paneClasses.title}>{t('console:wall.title')}</h2>
        <span className={paneClasses.headCount}>
          {t('console:wall.displays', { present: ordered.filter(({ displayKey }) => isPresent(displayKey)).length, known: ordered.length })}
        </span>
        <JoinDisplays />
      </div>
      <div className={classes.displays} data-columns={ordered.length > singleColumnUpTo ? 2 : 1}>
        {ordered.length === 0 && <p className={paneClasses.waiting}>{t('console:wall.noDisplay')}</p>}
        {ordered.map((scene, index) => (
          <MiniDisplay key={scene.displayKey} scene={scene} isFirst={index === 0} isPresent={isPresent(scene.displayKey)} />
        ))}
      </div>
      <ReadyTiles />
      <TroubleList />
      <p className={classes.hint}>{t('console:wall.hint')}</p>
    </section>
  );
}
