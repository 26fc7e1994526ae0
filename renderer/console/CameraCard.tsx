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

/** What is known of a camera, how its picture is, and what can be done about it. */
export function CameraCard({ camera, view, lift }: { camera: Camera; view: PictureView | null; lift: Lift | null }) {
  const { t, nameOf } = useTexts();
  const { mayList } = useEvidenceRights();
  const none = t('console:card.none');
  const isUnmoving = useIsUnmoving(camera);
  const azimuth = camera.azimuthDeg === null ? none : t('console:card.degrees', { degrees: Math.round(camera.azimuthDeg) });
  return (
    <div className={classes.card}>
      <dl className={classes.facts}>
        <Fact name={t('console:card.name')}>{nameOf(camera)}</Fact>
        <Fact name={t('console:card.number')}>{camera.number}</Fact>
        <Fact name={t('console:card.gbId')}>{camera.gbId ?? none}</Fact>
        <Fact name={t('console:card.class')}>{t(`console:class.${camera.cameraClass}`)}</Fact>
        {mayList && (
          <Fact name={t('evidence:fact.name')}>
            <SnapshotFact camera={camera} />
          </Fact>
        )}
      </dl>
      <dl className={classes.facts}>
        {view === null ? (
          <Fact name={t('console:card.state')}>{camera.streams.length === 0 ? t('console:camera.notConnected') : none}</Fact>
        ) : (
          <PictureFacts view={view} />
        )}
        <Fact name={t('console:card.streams')}>
          {camera.streams.length === 0 ? none : camera.streams.map((stream) => t(`console:stream.${stream}`)).join(' · ')}
        </Fact>
        <Fact name={t('console:card.azimuth')}>{azimuth}</Fact>
      </dl>
      <dl className={classes.facts}>
        <Fact name={t('console:card.maintainer')}>{camera.maintainer === '' ? none : camera.maintainer}</Fact>
        <Fact name={t('console:card.phone')}>{camera.maintainerPhone === '' ? none : camera.maintainerPhone}</Fact>
        {lift !== null && (
          <Fact name={t('console:lift.name')}>
            <LiftFact lift={lift} />
          </Fact>
        )}
        {isUnmoving && (
          <Fact name={t('console:unmoving.name')}>
            <UnmovingFact camera={camera} />
          </Fact>
        )}
        <Fact name={t('console:card.fault')}>
          <FaultFact camera={camera} />
        </Fact>
      </dl>
      {camera.streams.length > 0 && <ProbeLine camera={camera} />}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
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
    <>
      <Fact name={t('console:card.state')}>
        <span data-state={kind} className={classes.state} data-tone={stateLook[kind].tone}>
          <Shape name={stateLook[kind].shape} /> {t(isDrawing ? 'cameras:waiting.drawing' : `cameras:state.${kind}`)}
        </span>
      </Fact>
      <Fact name={t('console:card.delay')}>
        {delay === null || clock === null ? t('console:card.none') : t(`console:card.delayBy.${clock}`, { seconds: delay })}
      </Fact>
    </>
  );
}
