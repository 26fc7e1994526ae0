import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerLift, WaitingLift } from '#contract/cameras/index.ts';
import classes from './RosterPage.module.css';

/** One request: which camera, who asks, why, for how long; two large buttons. One tap, no second question. */
export function LiftCard({
  lift,
  nowMs,
  onAnswer,
}: {
  lift: WaitingLift;
  nowMs: number;
  onAnswer: (answered: AnswerLift) => Promise<void>;
}) {
  const { t, i18n } = useTranslation();
  const [isSent, setSent] = useState(false);
  const { camera, reason } = lift;
  const answerWith = (answer: AnswerLift['answer']) => {
    setSent(true);
    void onAnswer({ liftId: lift.liftId, answer }).finally(() => setSent(false));
  };
  const leftS = Math.max(0, Math.ceil((lift.untilMs - nowMs) / 1000));
  return (
    <article className={classes.card}>
      <h2 className={classes.camera}>
        {camera.number} {i18n.language === 'en' ? camera.nameEn : camera.name}
      </h2>
      <dl className={classes.facts}>
        <dt>{t('roster:asker')}</dt>
        <dd>{lift.asker}</dd>
        <dt>{t('roster:reason')}</dt>
        <dd>
          {t(`roster:reasons.${reason.kind}`)} {reason.reference !== null && <span className={classes.whole}>{reason.reference}</span>}
        </dd>
        <dt>{t('roster:howLong')}</dt>
        <dd>{t('roster:minutes', { count: lift.minutes })}</dd>
        <dt>{t('roster:left')}</dt>
        <dd>{t('roster:seconds', { count: leftS })}</dd>
      </dl>
      <button type="button" className={classes.approve} disabled={isSent} onClick={() => answerWith('approve')}>
        {t('roster:approve')}
      </button>
      <button type="button" className={classes.refuse} disabled={isSent} onClick={() => answerWith('refuse')}>
        {t('roster:refuse')}
      </button>
    </article>
  );
}
