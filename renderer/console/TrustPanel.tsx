import { useState } from 'react';
import type { PlatformTrust, ShownCertificate } from '#contract/bridge/index.ts';
import type { Refusal } from '#contract/values/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom, useRoomAccess } from '../room/index.ts';
import classes from './TrustPanel.module.css';

/** While the platform is not believed: what it shows, why that is not enough, since when, and what to do. Above everything, also before the log-in. */
export function TrustPanel() {
  const trust = useRoom((room) => room.trust);
  if (trust?.kind === 'unknown') return <Asking shown={trust.shown} />;
  return trust?.kind === 'refused' ? <Refused trust={trust} /> : null;
}

/** The first time: somebody compares, and says so. */
function Asking({ shown }: { shown: ShownCertificate | null }) {
  const { t, refusal } = useTexts();
  const { ask } = useRoomAccess();
  const [problem, setProblem] = useState<Refusal | null>(null);
  const believe = async (fingerprint: string) => {
    const answer = await ask('trustPlatform', { fingerprint });
    setProblem(answer.ok ? null : answer.refusal);
  };
  return (
    <section className={classes.panel} role="alertdialog" aria-label={t('room:trust.unknown.title')}>
      <Title words={t('room:trust.unknown.title')} />
      {shown === null ? (
        <p>{t('room:trust.unknown.noAnswer')}</p>
      ) : (
        <>
          <p>{t('room:trust.unknown.compare')}</p>
          <Certificate shown={shown} />
          <p className={classes.soft}>{t('room:trust.unknown.orFile')}</p>
          <button type="button" className={classes.button} onClick={() => void believe(shown.fingerprint)}>
            {t('room:trust.unknown.believe')}
          </button>
        </>
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {refusal(problem)}
        </p>
      )}
    </section>
  );
}

function Refused({ trust }: { trust: Extract<PlatformTrust, { kind: 'refused' }> }) {
  const { t, time, duration } = useTexts();
  const offsetMs = useRoom((room) => room.platformOffsetMs);
  const since = usePlatformTime((nowMs) => duration(nowMs - offsetMs - trust.sinceMs));
  const now = usePlatformTime((nowMs) => `${time(nowMs - offsetMs, 'day')} ${time(nowMs - offsetMs, 'seconds')}`);
  return (
    <section className={classes.panel} role="alert" aria-label={t('room:trust.refused.title')}>
      <Title words={t('room:trust.refused.title')} />
      <p>{t(`room:trust.refused.${trust.problem}`)}</p>
      <Certificate shown={trust.shown} />
      <p className={classes.soft}>{t('room:trust.refused.clock', { now })}</p>
      <p>{t(`room:trust.todo.${trust.problem}`)}</p>
      <p className={classes.soft}>{t('room:trust.refused.since', { since })}</p>
    </section>
  );
}

function Title({ words }: { words: string }) {
  return (
    <h2 className={classes.title}>
      <span className={classes.shape}>
        <Shape name="diamond" />
      </span>{' '}
      {words}
    </h2>
  );
}

function Certificate({ shown }: { shown: ShownCertificate }) {
  const { t, time } = useTexts();
  const day = (atMs: number) => `${time(atMs, 'day')} ${time(atMs, 'minutes')}`;
  return (
    <dl className={classes.facts}>
      <dt>{t('room:trust.authority')}</dt>
      <dd>{shown.authority}</dd>
      <dt>{t('room:trust.fingerprint')}</dt>
      <dd className={classes.fingerprint}>
        {shown.fingerprint.match(/.{1,24}/g)?.map((line) => (
          <span key={line}>{line.replace(/:$/, '')}</span>
        ))}
      </dd>
      <dt>{t('room:trust.valid')}</dt>
      <dd>{t('room:trust.span', { from: day(shown.validFromMs), to: day(shown.validToMs) })}</dd>
      <dt>{t('room:trust.names')}</dt>
      <dd>{shown.names.replaceAll('IP Address:', '').replaceAll('DNS:', '')}</dd>
    </dl>
  );
}
