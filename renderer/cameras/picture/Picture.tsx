import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../../language/index.ts';
import classes from './Picture.module.css';
import type { PictureView } from './pictureView.ts';

/** The place in the page where a picture plays; the view owns the elements inside it. Hovering says how it is played, and why so. */
export function Picture({ view }: { view: PictureView }) {
  const { t } = useTexts();
  const host = useRef<HTMLDivElement>(null);
  const { quality, kind } = useStore(view.state, ({ rung }) => rung);
  const reason = useStore(view.state, (state) => state.reason);
  useEffect(() => {
    if (host.current !== null) view.show(host.current);
  }, [view]);
  const way = t('cameras:way.how', { quality: t(`cameras:way.${quality}`), kind: t(`cameras:way.${kind}`) });
  const title = reason === null ? way : t('cameras:way.because', { way, reason: t(`cameras:reason.${reason}`) });
  return <div ref={host} className={classes.picture} title={title} />;
}
