import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../language/index.ts';
import { GroundWords } from './GroundWords.tsx';
import classes from './MapGround.module.css';
import { useMapDesk, useMapState } from './MapContext.tsx';

/** Where the map is drawn; says in words why it is not. */
export function MapGround() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const engine = useMapState((state) => state.engine);
  const host = useRef<HTMLDivElement>(null);
  const [isElsewhere, setElsewhere] = useState(false);
  useEffect(() => {
    if (host.current === null) return;
    const unmount = desk.mount(host.current);
    setElsewhere(unmount === null);
    return unmount ?? undefined;
  }, [desk]);
  const word = isElsewhere ? 'elsewhere' : engine === 'open' ? null : engine;
  return (
    <div ref={host} className={classes.ground} data-map={word ?? 'open'}>
      {word !== null && (
        <p className={classes.word} role="status">
          {t(`map:engine.${word}`)}
        </p>
      )}
      {word === null && <GroundWords />}
    </div>
  );
}
