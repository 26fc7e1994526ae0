import type { GlassCell } from '#contract/wall/index.ts';
import { stateLook, useCamera } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { byNumber, cellsOf, glassOf, isTrouble, placeName } from '../wall/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import classes from './TroubleList.module.css';

type Trouble = { readonly place: string; readonly glass: GlassCell };

/** What on the Wall is not live though it should be, worst first; a click looks at that camera. */
export function TroubleList() {
  const { t } = useTexts();
  const wall = useRoom((room) => room.wall);
  const glass = useRoom((room) => room.glass);
  const nowMs = usePlatformTime((now) => Math.floor(now / 1000) * 1000);
  const troubles: Trouble[] = byNumber(wall.displays).flatMap(({ displayKey, number, layout }) =>
    cellsOf(layout).flatMap((cell) => {
      const known = glassOf({ glass, displayKey, cell, nowMs });
      if (known === 'unreported' || !isTrouble(known, nowMs)) return [];
      return [{ place: placeName({ number, cell }), glass: known }];
    }),
  );
  if (troubles.length === 0) return null;
  return (
    <section className={classes.list}>
      <h3 className={classes.title}>
        {t('console:trouble.title')} <span className={classes.count}>{troubles.length}</span>
      </h3>
      {troubles.map((trouble) => (
        <TroubleLine key={trouble.place} trouble={trouble} nowMs={nowMs} />
      ))}
    </section>
  );
}

function TroubleLine({ trouble: { place, glass }, nowMs }: { trouble: Trouble; nowMs: number }) {
  const { t, nameOf, duration } = useTexts();
  const { view } = useConsole();
  const { cameraId, state, sinceMs } = glass;
  const look = state === 'none' ? stateLook.refused : stateLook[state];
  return (
    <button type="button" className={classes.line} onClick={() => cameraId !== null && view.look(cameraId)}>
      <span className={classes.shape} data-tone={look.tone}>
        <Shape name={look.shape} />
      </span>
      <span className={classes.place}>{place}</span>
      <span className={classes.name}>{cameraId === null ? '' : <CameraName cameraId={cameraId} nameOf={nameOf} />}</span>
      <span className={classes.since}>
        {t(`cameras:state.${state === 'none' ? 'refused' : state}`)} {sinceMs > 0 && duration(nowMs - sinceMs)}
      </span>
    </button>
  );
}

function CameraName({
  cameraId,
  nameOf,
}: {
  cameraId: NonNullable<GlassCell['cameraId']>;
  nameOf: (named: { name: string; nameEn: string }) => string;
}) {
  const camera = useCamera(cameraId);
  return camera == null ? cameraId : nameOf(camera);
}
