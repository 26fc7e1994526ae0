import { useTexts } from '../language/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import classes from './Watermark.module.css';
import { fitWatermark } from './watermarkFit.ts';

/**
 * Who looks, from which desk, and when: over the whole picture, always moving. Enough copies that every corner has one, wherever they have
 * moved to: a still corner that is cut away takes none of them along.
 */
export function Watermark({ widthPx, labelPx }: { widthPx: number; labelPx: number }) {
  const { t, time } = useTexts();
  const name = useRoom(({ person }) => person?.name ?? null) ?? t('cameras:watermark.nobody');
  const deskId = useRoom((room) => room.deskId ?? '');
  const day = usePlatformTime((nowMs) => time(nowMs, 'day'));
  const minutes = usePlatformTime((nowMs) => time(nowMs, 'minutes'));
  const { lines, scale, widthEm, copies } = fitWatermark({ widthPx, sizePx: labelPx, parts: { name, deskId, day, minutes } });
  const columns = `repeat(auto-fit, minmax(min(100%, ${widthEm}em), 1fr))`;
  return (
    <div className={classes.watermark} data-testid="watermark" aria-hidden="true">
      <div className={classes.copies} style={{ fontSize: `${scale}em`, gridTemplateColumns: columns }}>
        {Array.from({ length: copies }, (_, copy) => (
          <span key={copy}>
            {lines.map((line) => (
              <span key={line}>{line}</span>
            ))}
          </span>
        ))}
      </div>
    </div>
  );
}
