import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useTexts } from '../language/index.ts';
import { type NearBy, type NearResponder, rankResponders, useMapDesk } from '../map/index.ts';
import { usePlatformTime } from '../room/index.ts';
import classes from './AdvicePane.module.css';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { useDragSource } from './useDragSource.ts';
import { useMapWords } from './useMapWords.ts';

// More than one can weigh at once helps nobody; the circle lists them all.
const shown = 8;

/** The nearest people, by road or in a straight line, each with the reason in words. */
export function AdvisedResponders() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { responders, roads, about } = useStore(desk.advice.store);
  const [wanted, setWanted] = useState<NearBy>('road');
  const by = roads === 'known' ? wanted : 'line';
  // Their places are five seconds old at most; their order is not shuffled more often.
  const ranked = useMemo(() => rankResponders(responders, { by, nowMs: newestOf(responders) }).slice(0, shown), [responders, by]);
  return (
    <div className={classes.list}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t('selection:advice.responders')}</h3>
        {roads === 'known' ? (
          (['road', 'line'] as const).map((name) => (
            <button key={name} type="button" className={classes.toggle} aria-pressed={by === name} onClick={() => setWanted(name)}>
              {t(`selection:by.${name}`)}
            </button>
          ))
        ) : (
          <span className={classes.soft}>{about === null ? '' : t('selection:by.noRoads')}</span>
        )}
      </div>
      {about === null && <p className={classes.soft}>{t('selection:advice.waiting')}</p>}
      {about !== null && ranked.length === 0 && <p className={classes.soft}>{t('selection:advice.nobody')}</p>}
      {ranked.map((near) => (
        <ResponderRow key={near.index} near={near} by={by} />
      ))}
    </div>
  );
}

// Ages are weighed against the newest that is known, which is now as far as positions go.
function newestOf(responders: readonly NearResponder[]): number {
  return responders.reduce((newest, { measuredAtMs }) => Math.max(newest, measuredAtMs), 0);
}

function ResponderRow({ near, by }: { near: NearResponder; by: NearBy }) {
  const { t, nameOf, duration, number } = useTexts();
  const { metres, nameOfThing } = useMapWords();
  const { directory: store } = useConsole();
  const directory = useDirectory() ?? store.getState();
  const desk = useMapDesk();
  const nowMs = usePlatformTime((now) => Math.floor(now / 1000) * 1000);
  const ref = useDragSource<HTMLButtonElement>({ kind: 'responder', index: near.index });
  const responder = desk.roster()?.responders[near.index];
  const region = responder === undefined ? undefined : directory?.regions.get(responder.regionId);
  const age = duration(Math.max(0, nowMs - near.measuredAtMs));
  const { way } = near;
  const minutes = by === 'road' && way !== null && way.kind !== 'none' ? Math.max(1, Math.round(way.minutes)) : null;
  return (
    <button
      ref={ref}
      type="button"
      className={classes.row}
      data-responder={near.index}
      onClick={() => desk.showThing({ kind: 'responder', index: near.index })}
    >
      <span className={classes.who}>
        <strong>{nameOfThing({ kind: 'responder', index: near.index })}</strong>{' '}
        {responder !== undefined && <span>{t(`map:kind.${responder.kind}`, { defaultValue: responder.kind })}</span>}{' '}
        {region !== undefined && <span className={classes.soft}>{nameOf(region)}</span>}
      </span>
      <strong className={classes.figure}>
        {minutes === null ? metres(near.distanceM) : t('selection:minutes', { count: number(minutes) })}
      </strong>
      <span className={classes.why}>
        {by === 'road' && way !== null ? <WayWords way={way} straightM={near.distanceM} /> : t('selection:way.line')}
      </span>
      <span className={near.isStale ? classes.stale : classes.state}>
        {near.status !== null && `${t(`map:status.${near.status}`)} · `}
        {near.isStale ? t('selection:stale', { age }) : t('selection:age', { age })}
      </span>
    </button>
  );
}

function WayWords({ way, straightM }: { way: NonNullable<NearResponder['way']>; straightM: number }) {
  const { t } = useTexts();
  const { metres } = useMapWords();
  switch (way.kind) {
    case 'onFoot':
      return t('selection:way.onFoot', { length: metres(way.walkM) });
    case 'none':
      return t(`selection:way.${way.why}`, { length: metres(straightM) });
    case 'road': {
      const driven = Object.entries(way.metres).filter(([, length]) => length >= 50);
      const whole = driven.reduce((sum, [, length]) => sum + length, 0) + way.walkM;
      const parts = driven.map(([road, length]) => t(`selection:road.${road}`, { length: metres(length) }));
      const walk = way.walkM >= 50 ? [t('selection:way.walk', { length: metres(way.walkM) })] : [];
      return [t('selection:way.whole', { length: metres(whole) }), ...parts, ...walk].join(' · ');
    }
  }
}
