import { Button } from '@mantine/core';
import type { RecordVerified } from '#contract/audit/index.ts';
import { Shape } from '../look/index.ts';
import classes from './AuditPage.module.css';
import type { AuditDesk } from './auditDesk.ts';
import { countyTime } from './countyTime.ts';
import type { RowWords } from './rowTexts.ts';

/** Whether the record is untouched, computed anew when somebody asks. */
export function VerifyCard({ desk, verified, words }: { desk: AuditDesk; verified: RecordVerified | 'running' | null; words: RowWords }) {
  const { t } = words;
  return (
    <div className={classes.verify}>
      <span role="status">
        {verified === 'running' && t('audit:verifying')}
        {verified !== null && verified !== 'running' && <Verified verified={verified} words={words} />}
      </span>
      <Button variant="default" size="sm" disabled={verified === 'running'} onClick={() => void desk.verify()}>
        {t('audit:verifyNow')}
      </Button>
    </div>
  );
}

function Verified({ verified, words: { t, timeZone } }: { verified: RecordVerified; words: RowWords }) {
  const { places, lists, lastListAtMs, findings, findingCount, keyId } = verified;
  const [first] = findings;
  if (findingCount > 0) {
    const where = first?.feed == null ? (first?.about ?? '') : t('audit:verify.place', { feed: first.feed, seq: first.seq ?? '' });
    return (
      <span className={classes.wrong}>
        <Shape name="triangle" /> {t('audit:verifiedWrong', { places, count: findingCount, where })}
      </span>
    );
  }
  const signed = lastListAtMs === null ? t('audit:neverSigned') : t('audit:lastSigned', { lists, at: countyTime(lastListAtMs, timeZone) });
  return (
    <span className={classes.whole}>
      <Shape name="dot" /> {t('audit:verifiedWhole', { places, signed, key: keyId ?? '—' })}
    </span>
  );
}
