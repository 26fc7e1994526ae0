import { historyWeeks } from '#contract/incidents/index.ts';
import { useTexts } from '../language/index.ts';
import { useMapState } from './MapContext.tsx';
import classes from './MapLegend.module.css';
import { legendNotes, legendRows } from './legendRows.ts';

/** What the signs on the map mean: those that are on it now, and no others; then what is not as it should be, in words. */
export function MapLegend() {
  const { t, number } = useTexts();
  const state = useMapState((all) => all);
  return (
    <div className={classes.legend}>
      {legendRows(state).map(({ sign, text, count }) => (
        <div key={sign} className={classes.row}>
          <span className={classes.sign} data-sign={sign} aria-hidden="true" />
          <span>
            <Signed text={t(text, { count: number(count ?? 0) })} />
          </span>
        </div>
      ))}
      {legendNotes(state).map(({ key, text, count, parts = [], tone }) => (
        <div key={key} className={classes.note} data-tone={tone} role={tone === 'wrong' ? 'status' : undefined}>
          {t(text, {
            ...{ count: number(count ?? 0), fewest: number(historyWeeks.fewest) },
            parts: parts.map((part) => t(part.text, { count: number(part.count ?? 0) })).join(' · '),
          })}
        </div>
      ))}
    </div>
  );
}

/** Words with signs in them, each in the colour that it has on the map. */
function Signed({ text }: { text: string }) {
  return text.split(/([▲◆])/).map((part, at) =>
    part === '▲' || part === '◆' ? (
      // A text is what it is: its parts have no other name than their place.
      <span key={at} className={classes.inline} data-shape={part === '▲' ? 'critical' : 'major'}>
        {part}
      </span>
    ) : (
      part
    ),
  );
}
