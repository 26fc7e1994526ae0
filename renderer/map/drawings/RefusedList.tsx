import { useStore } from 'zustand';
import { useTexts } from '../../language/index.ts';
import { useMapDesk } from '../MapContext.tsx';
import classes from './RefusedList.module.css';

// More are counted: each one is marked on the map too.
const listedAtMost = 3;

/** What the platform did not take of what was drawn here, each with the reason and two ways on. */
export function RefusedList() {
  const { t, refusal: refusalText } = useTexts();
  const desk = useMapDesk();
  const refused = useStore(desk.refusedDrawings.store);
  if (refused.length === 0) return null;
  const { retry, drop } = desk.refusedDrawings;
  return (
    <ul className={classes.list} role="alert" data-refused-drawings={refused.length}>
      {refused.slice(0, listedAtMost).map(({ commandId, command: { shape }, refusal }) => (
        <li key={commandId} className={classes.line}>
          <strong>
            ✕ {t(`map:draw.kind.${shape.kind}`)} {shape.text ?? ''}
          </strong>
          <span className={classes.why}>{refusalText(refusal)}</span>
          <button type="button" className={classes.key} onClick={() => retry(commandId)}>
            {t('map:draw.retry')}
          </button>
          <button type="button" className={classes.key} onClick={() => drop(commandId)}>
            {t('map:draw.drop')}
          </button>
        </li>
      ))}
      {refused.length > listedAtMost && (
        <li className={classes.why}>{t('map:draw.moreRefused', { count: refused.length - listedAtMost })}</li>
      )}
    </ul>
  );
}
