import { useEffect, useRef } from 'react';
import classes from './Picture.module.css';
import type { PictureView } from './pictureView.ts';

/** The place in the page where a picture plays; the view owns the element inside it. */
export function Picture({ view }: { view: PictureView }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (host.current !== null) view.show(host.current);
  }, [view]);
  return <div ref={host} className={classes.picture} />;
}
