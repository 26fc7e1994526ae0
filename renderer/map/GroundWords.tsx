import { useTexts } from '../language/index.ts';
import { useMapState } from './MapContext.tsx';
import classes from './MapGround.module.css';

/** Why the ground that was chosen is not seen; nothing while it is. */
export function GroundWords() {
  const { t, refusal } = useTexts();
  const note = useMapState((state) => state.ground);
  if (note === null) return null;
  switch (note.kind) {
    case 'refused':
      return (
        <p className={classes.note} role="status" data-ground="refused">
          {refusal(note.refusal)} {t('map:ground.packInstead')}
        </p>
      );
    case 'missing':
      return (
        <p className={classes.note} role="status" data-ground={note.why}>
          {t(`map:ground.${note.why}`)}
        </p>
      );
  }
}
