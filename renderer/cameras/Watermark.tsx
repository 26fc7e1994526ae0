import { useTexts } from '../language/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import classes from './Watermark.module.css';

// Enough copies that every corner of the picture has one, wherever they have moved to: a still corner that is cut away takes none of them along.
const copies = Array.from({ length: 12 }, (_, copy) => copy);

const shownOfDesk = 13;

/** Who looks, from which desk, and when: over the whole picture, always moving. */
export function Watermark() {
  const { t, time } = useTexts();
  const name = useRoom(({ person }) => person?.name ?? null);
  // The beginning of a desk's id tells it from the county's others and leaves room for the rest.
  const deskId = useRoom((room) => room.deskId?.slice(0, shownOfDesk) ?? null);
  const at = usePlatformTime((nowMs) => `${time(nowMs, 'day')} ${time(nowMs, 'minutes')}`);
  const words = [name ?? t('cameras:watermark.nobody'), deskId ?? '', at].filter((part) => part !== '').join(' · ');
  return (
    <div className={classes.watermark} data-testid="watermark" aria-hidden="true">
      <div className={classes.copies}>
        {copies.map((copy) => (
          <span key={copy}>{words}</span>
        ))}
      </div>
    </div>
  );
}
