import { useEffect } from 'react';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import classes from './ClockTile.module.css';
import { provenCount } from './proven.ts';
import { shiftAt } from './shift.ts';
import type { TileKind, TileViewProps } from './tileKinds.ts';

function ClockView({ widthPx, placeName, onGlass }: TileViewProps) {
  const { t, time, timeZone, number } = useTexts();
  const clock = usePlatformTime((nowMs) => time(nowMs, 'seconds'));
  const date = usePlatformTime((nowMs) => time(nowMs, 'date'));
  const shift = usePlatformTime((nowMs) => shiftAt(nowMs, timeZone));
  const glass = useRoom((room) => room.glass);
  const wall = useRoom((room) => room.wall);
  const displays = useRoom((room) => room.displays);
  const nowMs = usePlatformTime((now) => Math.floor(now / 1000) * 1000);
  const { expected, byKind, troubles } = provenCount({ glass, wall, displays, nowMs });
  useEffect(() => onGlass({ cameraId: null, state: 'none', sinceMs: 0, lastPictureAtMs: null }), [onGlass]);
  return (
    <div className={classes.clock} style={{ fontSize: widthPx / 20 }}>
      <div className={classes.time}>{clock}</div>
      <div className={classes.date}>{date}</div>
      <div className={classes.date}>{t(`wall:clock.shift.${shift.name}`, { next: shift.nextAt })}</div>
      <div className={classes.proven}>
        <Shape name="dot" />
        <span>{t('wall:clock.proven', { live: number(byKind.live), expected: number(expected) })}</span>
        {troubles > 0 && <span className={classes.trouble}>{t('wall:clock.troubles', { count: troubles })}</span>}
      </div>
      <span className={classes.place}>{placeName}</span>
    </div>
  );
}

function ClockSummary() {
  const { t } = useTexts();
  return <span>{t('wall:clock.name')}</span>;
}

/** The clock tile: time and date in the county's zone, the shift, and how many pictures of the Wall are proven live. */
export const clockTile: TileKind = { kind: 'clock', View: ClockView, Summary: ClockSummary, ready: { kind: 'clock', content: {} } };
