import { useStore } from 'zustand';
import type { LngLat } from '#contract/values/index.ts';
import { votesNear } from '#contract/map/index.ts';
import { useTexts } from '../language/index.ts';
import { type RankedCamera, type SightRemark, useMapDesk } from '../map/index.ts';
import { useRoom } from '../room/index.ts';
import classes from './AdvicePane.module.css';
import { useConsole, useDirectory } from './ConsoleContext.tsx';
import { SelectionActions } from './SelectionActions.tsx';
import { useDragSource } from './useDragSource.ts';
import { useMapWords } from './useMapWords.ts';

// As many as go to the wall together.
const best = 4;

/** The cameras that see a place best, each with what stands against it, and a word about whether it did. */
export function AdvisedCameras() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const { cameras, about } = useStore(desk.advice.store);
  const hasArea = useStore(desk.selection.store, ({ area }) => area !== null);
  if (about === null) return null;
  return (
    <div className={classes.list}>
      <div className={classes.head}>
        <h3 className={classes.title}>{t('selection:advice.cameras')}</h3>
        <span className={classes.soft}>{t('selection:advice.remembered')}</span>
      </div>
      {cameras.length === 0 && <p className={classes.soft}>{t('selection:advice.noCamera')}</p>}
      {cameras.length > 0 && cameras.every(({ score }) => score === 0) && <p data-sees="none">{t('selection:advice.noneSees')}</p>}
      {cameras.slice(0, best).map((ranked) => (
        <CameraRow key={ranked.cameraId} ranked={ranked} at={about} />
      ))}
      {!hasArea && cameras.length > 0 && <SelectionActions />}
    </div>
  );
}

function CameraRow({ ranked: { cameraId, distanceM, remarks, score }, at }: { ranked: RankedCamera; at: LngLat }) {
  const { t, nameOf } = useTexts();
  const { metres } = useMapWords();
  const { view } = useConsole();
  const camera = useDirectory()?.cameras.get(cameraId);
  const vote = useRoom((room) => votesNear(room.cameraVotes ?? [], at).get(cameraId) ?? 0);
  const ref = useDragSource<HTMLDivElement>({ kind: 'camera', cameraId });
  const word = (name: 'up' | 'down') => view.voteCamera({ cameraId, at, word: (name === 'up') === vote > 0 && vote !== 0 ? 'none' : name });
  if (camera === undefined) return null;
  return (
    <div ref={ref} className={classes.camera} data-advised={cameraId} data-sees={score > 0}>
      <button type="button" className={classes.row} onClick={() => view.look(cameraId)}>
        <span className={classes.who}>
          <strong>{nameOf(camera)}</strong> <span className={classes.soft}>{camera.number}</span>
        </span>
        <strong className={classes.figure}>{metres(distanceM)}</strong>
        <span className={classes.why}>
          {remarks.length === 0 ? t('selection:sight.seen') : remarks.map((remark) => <Remark key={remark.kind} remark={remark} />)}
        </span>
      </button>
      {(['up', 'down'] as const).map((name) => (
        <button
          key={name}
          type="button"
          className={classes.vote}
          aria-pressed={name === 'up' ? vote > 0 : vote < 0}
          aria-label={t(`selection:vote.${name}`)}
          title={t(`selection:vote.${name}`)}
          data-vote={name}
          onClick={() => word(name)}
        >
          <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
            <path d={name === 'up' ? 'M7 2l5 6H9v4H5V8H2z' : 'M7 12l5-6H9V2H5v4H2z'} fill="currentColor" />
          </svg>
        </button>
      ))}
    </div>
  );
}

function Remark({ remark }: { remark: SightRemark }) {
  const { t, number } = useTexts();
  const { metres } = useMapWords();
  const params = {
    ...('atM' in remark ? { length: metres(remark.atM) } : {}),
    ...('rangeM' in remark ? { length: metres(remark.rangeM) } : {}),
    ...('offDeg' in remark ? { degrees: number(Math.round(remark.offDeg)) } : {}),
  };
  return <span className={classes.remark}>{t(`selection:sight.${remark.kind}`, params)}</span>;
}
