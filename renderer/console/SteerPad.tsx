import { UnstyledButton } from '@mantine/core';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Camera } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { systemPorts, useRoomAccess } from '../room/index.ts';
import { openSteering, type Speeds, type Steering } from './steering.ts';
import classes from './SteerPad.module.css';

const still: Speeds = { pan: 0, tilt: 0, zoom: 0 };
const moves = [
  { name: 'left', sign: '◀', speeds: { ...still, pan: -0.5 } },
  { name: 'up', sign: '▲', speeds: { ...still, tilt: 0.5 } },
  { name: 'down', sign: '▼', speeds: { ...still, tilt: -0.5 } },
  { name: 'right', sign: '▶', speeds: { ...still, pan: 0.5 } },
  { name: 'near', sign: '＋', speeds: { ...still, zoom: 0.5 } },
  { name: 'far', sign: '－', speeds: { ...still, zoom: -0.5 } },
] as const;

/** Turns a camera: by holding a button with pointer, space or Enter; letting go stops it. Says who steers it now. */
export function SteerPad({ camera }: { camera: Camera }) {
  const { ask } = useRoomAccess();
  const steering = useMemo(() => openSteering({ cameraId: camera.id, ask, timers: systemPorts.timers }), [camera.id, ask]);
  useEffect(() => () => steering.close(), [steering]);
  return <Pad steering={steering} />;
}

function Pad({ steering }: { steering: Steering }) {
  const { t } = useTexts();
  const status = useStore(steering.store, (state) => state.status);
  return (
    <div className={classes.pad} role="group" aria-label={t('console:steer.title')} onPointerDown={(event) => event.stopPropagation()}>
      {status === null ? null : (
        <div className={classes.moves} title={t('console:steer.hint')}>
          {moves
            .filter(({ speeds }) => status.axes.includes(speeds.zoom === 0 ? 'panTilt' : 'zoom'))
            .map((move) => (
              <MoveButton key={move.name} move={move} steering={steering} />
            ))}
        </div>
      )}
      {(status?.presets ?? []).slice(0, 6).map(({ token, name }) => (
        <UnstyledButton key={token} className={classes.button} onClick={() => steering.goTo(token)}>
          {name === '' ? token : name}
        </UnstyledButton>
      ))}
      <LeaseWords steering={steering} />
    </div>
  );
}

function MoveButton({ move, steering }: { move: (typeof moves)[number]; steering: Steering }) {
  const { t } = useTexts();
  const isOurs = (key: string) => key === ' ' || key === 'Enter';
  return (
    <UnstyledButton
      className={classes.button}
      aria-label={t(`console:steer.${move.name}`)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        steering.hold(move.speeds);
      }}
      onPointerUp={() => steering.letGo()}
      onLostPointerCapture={() => steering.letGo()}
      onKeyDown={(event) => isOurs(event.key) && !event.repeat && steering.hold(move.speeds)}
      onKeyUp={(event) => isOurs(event.key) && steering.letGo()}
      onBlur={() => steering.letGo()}
    >
      {move.sign}
    </UnstyledButton>
  );
}

function LeaseWords({ steering }: { steering: Steering }) {
  const { t, refusal } = useTexts();
  const { status, lease, refusal: why } = useStore(steering.store);
  if (why !== null)
    return (
      <span className={classes.words} role="alert">
        {refusal(why)}
      </span>
    );
  if (status === null || lease === null) return <span className={classes.words}>{t('console:steer.waiting')}</span>;
  return (
    <>
      <span className={classes.words} role="status">
        {t(`console:steer.${lease.kind}`, lease.kind === 'held' ? { holder: lease.holder } : {})}
      </span>
      {lease.kind === 'held' && lease.canTakeOver && (
        <UnstyledButton className={classes.button} onClick={() => steering.takeOver()}>
          {t('console:steer.take')}
        </UnstyledButton>
      )}
      {lease.kind === 'mine' && (
        <UnstyledButton className={classes.button} onClick={() => steering.release()}>
          {t('console:steer.release')}
        </UnstyledButton>
      )}
    </>
  );
}
