import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import classes from './WallWindow.module.css';

/** What a wall says about the room itself: a broken line (the pictures go on), and quietly on the edge what this room runs on. `over`: what begins or lies in the middle of that edge. */
export function WallNotices({ labelPx, over }: { labelPx: number; over: 'edge' | 'tile' }) {
  const { t, duration } = useTexts();
  const bridge = useRoom((room) => room.bridge);
  const link = useRoom((room) => room.link);
  const warnings = useRoom((room) => room.warnings);
  const isDown = link.kind === 'down' || link.kind === 'refused';
  const downFor = usePlatformTime((nowMs) => (isDown ? duration(nowMs - link.sinceMs) : ''));
  return (
    <div style={{ fontSize: labelPx }}>
      <div className={classes.notices} data-over={over}>
        {warnings.length > 0 && (
          <div className={classes.warnings}>{warnings.map((warning) => t(`room:warningShort.${warning}`)).join(' · ')}</div>
        )}
        {bridge !== 'open' && (
          <div className={classes.notice} role="status">
            <Shape name="diamond" />
            {t(`wall:notice.${bridge}`)}
          </div>
        )}
        {bridge === 'open' && isDown && (
          <div className={classes.notice} role="status">
            <Shape name="diamond" />
            {t('wall:notice.linkDown', { since: downFor })}
          </div>
        )}
      </div>
    </div>
  );
}
