import { useTexts } from '../language/index.ts';
import classes from './SelectionPanel.module.css';
import { type OfferedPictures, useWallOffer } from './useWallOffer.ts';

/** Puts what is chosen on a Display; pointing at it shows on the small wall what would become of that. */
export function SelectionActions() {
  const { t, number } = useTexts();
  const offers = useWallOffer();
  if (offers === null) return null;
  const { best, all, scene, scenes, choose } = offers;
  return (
    <div className={classes.actions}>
      {scenes.length > 1 && (
        <div className={classes.displays} role="group" aria-label={t('selection:display')}>
          {scenes.map((other) => (
            <button key={other.displayKey} type="button" aria-pressed={other === scene} onClick={() => choose(other)}>
              {t('selection:displayNumber', { number: other.number })}
            </button>
          ))}
        </div>
      )}
      <OfferButton offer={best} keys="W" name="best" text={t('selection:show.best', { count: number(best.placed.length + best.there) })} />
      {all.placed.length > best.placed.length && (
        <OfferButton offer={all} keys="⇧ W" name="all" text={t('selection:show.all', { count: number(all.placed.length + all.there) })} />
      )}
    </div>
  );
}

function OfferButton({ offer, keys, name, text }: { offer: OfferedPictures; keys: string; name: string; text: string }) {
  const { t, number } = useTexts();
  const { placed, replaced, left, places } = offer;
  if (placed.length === 0) return <p className={classes.soft}>{t('selection:show.nothing')}</p>;
  const says = [
    places,
    ...(replaced > 0 ? [t('selection:show.replaced', { count: number(replaced) })] : []),
    ...(left > 0 ? [t('selection:show.left', { count: number(left) })] : []),
  ];
  return (
    <button
      type="button"
      className={classes.act}
      data-show={name}
      onClick={offer.show}
      onPointerEnter={() => offer.hint('hinted')}
      onPointerLeave={() => offer.hint('not')}
      onFocus={() => offer.hint('hinted')}
      onBlur={() => offer.hint('not')}
    >
      <span>
        {text} <kbd>{keys}</kbd>
      </span>
      <span className={classes.parts}>→ {says.join(' · ')}</span>
    </button>
  );
}
