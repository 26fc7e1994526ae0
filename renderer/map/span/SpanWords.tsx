import { useTexts } from '../../language/index.ts';
import { Shape } from '../../look/index.ts';
import classes from './SpanWords.module.css';
import type { Span } from './useSpan.ts';

/** Which displays show one map together, and what of it is not seen. */
export function SpanWords({ span: { displays, isInPlace, tellsHead } }: { span: Span }) {
  const { t } = useTexts();
  const away = displays.filter(({ isPresent }) => !isPresent).map(({ number }) => number);
  return (
    <>
      {tellsHead && (
        <span data-span={displays.length}>{t('map:span.over', { displays: displays.map(({ number }) => number).join(' ') })}</span>
      )}
      {tellsHead && away.length > 0 && (
        <span className={classes.trouble} role="status" data-span-away={away.join(' ')}>
          <Shape name="cross" /> {t('map:span.away', { displays: away.join(' '), count: away.length })}
        </span>
      )}
      {!isInPlace && (
        <span className={classes.trouble} role="status" data-span-misplaced="">
          <Shape name="cross" /> {t('map:span.misplaced')}
        </span>
      )}
    </>
  );
}
