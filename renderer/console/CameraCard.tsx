import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import type { Camera } from '#contract/cameras/index.ts';
import { type PictureView, stateLook } from '../cameras/index.ts';
import { useEvidenceRights } from '../evidence/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import classes from './CameraCard.module.css';
import { FaultFact } from './FaultFact.tsx';
import { LiftFact } from './LiftFact.tsx';
import { UnmovingFact, useIsUnmoving } from './UnmovingFact.tsx';
import { ProbeLine } from './ProbeLine.tsx';
import { SnapshotFact } from './SnapshotFact.tsx';
import type { Lift } from './useLift.ts';
import type { Probing } from './useProbe.ts';

type CardOf = {
  readonly camera: Camera;
  readonly view: PictureView | null;
  readonly lift: Lift | null;
  readonly probing: Probing;
  /** Where the reasons of the probe's grade are told. */
  readonly remarks: 'within' | 'elsewhere';
};

/** How a camera's picture is and what can be done about it; below that, where one may have to scroll, what the record says of the camera. */
export function CameraCard({ camera, view, lift, probing, remarks }: CardOf) {
  const { t } = useTexts();
  const { mayList } = useEvidenceRights();
  const isUnmoving = useIsUnmoving(camera);
  return (
    <div className={classes.card}>
      <dl className={classes.facts}>
        {view === null ? (
          <Fact name={t('console:card.state')} width="whole">
            {t(camera.streams.length === 0 ? 'console:camera.notConnected' : 'console:card.none')}
          </Fact>
        ) : (
          <PictureFacts view={view} />
        )}
        {lift !== null && (
          <Fact name={t('console:lift.name')} width="whole">
            <LiftFact lift={lift} />
          </Fact>
        )}
        {isUnmoving && (
          <Fact name={t('console:unmoving.name')} width="whole">
            <UnmovingFact camera={camera} />
          </Fact>
        )}
        <Fact name={t('console:card.fault')} width="whole">
          <FaultFact camera={camera} />
        </Fact>
        {mayList && (
          <Fact name={t('evidence:fact.name')} width="whole">
            <SnapshotFact camera={camera} />
          </Fact>
        )}
      </dl>
      {camera.streams.length > 0 && <ProbeLine camera={camera} probing={probing} remarks={remarks} />}
      <RecordFacts camera={camera} />
    </div>
  );
}

/** What the record says of a camera, which is so whatever its picture is. */
function RecordFacts({ camera }: { camera: Camera }) {
  const { t, nameOf } = useTexts();
  const none = t('console:card.none');
  const streams = camera.streams.map((stream) => t(`console:stream.${stream}`)).join(' · ');
  return (
    <dl className={classes.facts} data-of="record">
      <Fact name={t('console:card.name')} width="whole">
        {nameOf(camera)}
      </Fact>
      <Fact name={t('console:card.gbId')} width="whole">
        {camera.gbId ?? none}
      </Fact>
      <Fact name={t('console:card.number')}>{camera.number}</Fact>
      <Fact name={t('console:card.class')}>{t(`console:class.${camera.cameraClass}`)}</Fact>
      <Fact name={t('console:card.streams')}>{streams === '' ? none : streams}</Fact>
      <Fact name={t('console:card.azimuth')}>
        {camera.azimuthDeg === null ? none : t('console:card.degrees', { degrees: Math.round(camera.azimuthDeg) })}
      </Fact>
      <Fact name={t('console:card.maintainer')}>{camera.maintainer === '' ? none : camera.maintainer}</Fact>
      <Fact name={t('console:card.phone')}>{camera.maintainerPhone === '' ? none : camera.maintainerPhone}</Fact>
    </dl>
  );
}

function Fact({ name, width = 'half', children }: { name: string; width?: 'half' | 'whole'; children: ReactNode }) {
  return (
    <div className={classes.fact} data-width={width}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** State and delay of the picture that plays above. */
function PictureFacts({ view }: { view: PictureView }) {
  const { t } = useTexts();
  const kind = useStore(view.state, ({ tile }) => tile.kind);
  const isDrawing = useStore(view.state, ({ tile, phase }) => tile.kind === 'connecting' && phase === 'drawing');
  // One decimal: what changes faster cannot be read and says nothing.
  const delay = useStore(view.state, ({ tile }) => (tile.kind === 'live' ? (tile.latencyMs / 1000).toFixed(1) : null));
  const clock = useStore(view.state, ({ tile }) => (tile.kind === 'live' ? tile.clock : null));
  return (
    <Fact name={t('console:card.state')} width="whole">
      <span data-state={kind} className={classes.state} data-tone={stateLook[kind].tone}>
        <Shape name={stateLook[kind].shape} /> {t(isDrawing ? 'cameras:waiting.drawing' : `cameras:state.${kind}`)}
      </span>
      {delay !== null && clock !== null && (
        <span className={classes.soft}>
          {t('console:card.delay')} {t(`console:card.delayBy.${clock}`, { seconds: delay })}
        </span>
      )}
    </Fact>
  );
}
