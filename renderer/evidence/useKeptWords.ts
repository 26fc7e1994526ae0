import type { EvidenceRow } from '#contract/evidence/index.ts';
import { useTexts } from '../language/index.ts';

/** A kept picture in words. */
export function useKeptWords({ takenAtMs, reason, retainUntilMs, standing }: EvidenceRow) {
  const { t, time } = useTexts();
  const number = reason.reference === null ? '' : ` ${reason.reference}`;
  const moment = (atMs: number) => `${time(atMs, 'day')} ${time(atMs, 'minutes')}`;
  return {
    takenAt: `${time(takenAtMs, 'day')} ${time(takenAtMs, 'seconds')}`,
    reason: `${t(`evidence:reason.${reason.kind}`)}${number}`,
    until: time(retainUntilMs, 'day'),
    standing:
      standing.kind === 'erased'
        ? t('evidence:standing.erased', { reason: t(`evidence:erasedWhy.${standing.reason}`), time: moment(standing.atMs) })
        : t(`evidence:standing.${standing.kind}`),
  };
}
