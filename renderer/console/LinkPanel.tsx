import type { ReactNode } from 'react';
import type { FeedPlace, HealedGap } from '#contract/bridge/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useRoom } from '../room/index.ts';
import classes from './LinkPanel.module.css';
import { WaitingPart } from './WaitingPart.tsx';

/** The line to the platform in figures: what is missing and since when it is counted, how fast, how far, what was made good. */
export function LinkPanel() {
  const { t, number } = useTexts();
  const { lag, feeds, healed } = useRoom((room) => room.continuity);
  const offsetMs = useRoom((room) => room.platformOffsetMs);
  return (
    <div tabIndex={-1} data-autofocus className={classes.panel}>
      <MissedWords />
      <UnknownWords />
      <dl className={classes.figures}>
        <Figure name={t('console:continuity.lag')}>
          {lag === null
            ? t('console:continuity.noLag')
            : t('console:continuity.lagMs', { median: number(lag.medianMs), worst: number(lag.worstMs), count: lag.facts })}
        </Figure>
        <Figure name={t('console:continuity.clock')}>{t('console:continuity.clockMs', { offset: signed(offsetMs) })}</Figure>
      </dl>
      <WaitingPart />
      <h3 className={classes.title}>{t('console:continuity.feeds')}</h3>
      {feeds.length === 0 ? <p className={classes.soft}>{t('console:continuity.noFeeds')}</p> : <FeedTable feeds={feeds} />}
      <h3 className={classes.title}>{t('console:continuity.healed')}</h3>
      {healed.length === 0 && <p className={classes.soft}>{t('console:continuity.noneHealed')}</p>}
      <ul className={classes.healed}>
        {healed.map((gap) => (
          <HealedLine key={`${gap.feed} ${gap.atMs}`} gap={gap} />
        ))}
      </ul>
    </div>
  );
}

/** "0 missed since 08:00": the one line that this panel is for. */
function MissedWords() {
  const { t, time, number } = useTexts();
  const { missed, sinceMs, from } = useRoom((room) => room.continuity);
  const kind = useRoom((room) => room.link.kind);
  return (
    <p className={classes.missed} data-missed={missed}>
      {missed > 0 && (
        <span className={classes.trouble}>
          <Shape name="triangle" />{' '}
        </span>
      )}
      <strong>{t('console:continuity.missed', { count: number(missed), since: time(sinceMs, 'minutes') })}</strong>
      <span className={classes.soft}> {t(`console:continuity.from.${from}`)}</span>
      {kind !== 'live' && <span className={classes.unsure}>{t('console:continuity.notLive')}</span>}
    </p>
  );
}

function UnknownWords() {
  const { t } = useTexts();
  const count = useRoom((room) => room.continuity.unknownFacts);
  if (count === 0) return null;
  return (
    <p className={classes.older}>
      <Shape name="square" /> {t('console:continuity.older', { count })}
    </p>
  );
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function FeedTable({ feeds }: { feeds: readonly FeedPlace[] }) {
  const { t, number } = useTexts();
  const numberOr = (seq: number | null) => (seq === null ? t('console:card.none') : number(seq));
  return (
    <table className={classes.feeds}>
      <thead>
        <tr>
          {(['feed', 'epoch', 'head', 'here'] as const).map((column) => (
            <th key={column}>{t(`console:continuity.column.${column}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {feeds.map(({ feed, epoch, headSeq, seq }) => (
          <tr key={feed} data-behind={seq !== headSeq}>
            <td title={feed}>
              <FeedName feed={feed} />
            </td>
            <td title={epoch ?? ''}>{epoch === null ? t('console:card.none') : epoch.slice(-6)}</td>
            <td>{numberOr(headSeq)}</td>
            <td>{numberOr(seq)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function HealedLine({ gap: { feed, atMs, facts, by } }: { gap: HealedGap }) {
  const { t, time, number } = useTexts();
  return (
    <li>
      <span className={classes.soft}>{time(atMs, 'seconds')}</span> <FeedName feed={feed} />{' '}
      <span>{t(`console:continuity.by.${by === 'snapshot' && facts === 0 ? 'otherHistory' : by}`, { count: number(facts) })}</span>
    </li>
  );
}

/** The kind of feed in words; ids of regions and desks stay ids: they are what a log names. */
function FeedName({ feed }: { feed: FeedPlace['feed'] }) {
  const { t } = useTexts();
  const [kind = '', id = ''] = feed.split('/');
  return (
    <>
      {t(`console:continuity.feed.${kind}`, { defaultValue: kind })} <span className={classes.id}>{id}</span>
    </>
  );
}

function signed(offsetMs: number): string {
  return offsetMs > 0 ? `+${offsetMs}` : String(offsetMs);
}
