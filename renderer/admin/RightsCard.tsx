import { useTranslation } from 'react-i18next';
import type { RightsPreview } from '#contract/access/index.ts';
import type { Region, Unit } from '#contract/directory/index.ts';
import { feedParts } from '#contract/record/index.ts';
import type { RegionId } from '#contract/values/index.ts';
import classes from './AdminPage.module.css';
import { regionNames } from './regionNames.ts';

/** "What would this person see?", as the platform works it out. */
export function RightsCard({
  preview,
  regions,
  units,
}: {
  preview: RightsPreview | null;
  regions: readonly Region[];
  units: readonly Unit[];
}) {
  const { t, i18n } = useTranslation();
  const nameOf = regionNames({ regions, language: i18n.language });
  const number = new Intl.NumberFormat(i18n.language === 'en' ? 'en-GB' : 'zh-CN');
  if (preview === null) {
    return (
      <>
        <h2 className={classes.paneTitle}>{t('access:admin.wouldSee')}</h2>
        <p className={classes.quiet}>{t('access:admin.wouldSeeNothingYet')}</p>
      </>
    );
  }
  const feedName = (feed: (typeof preview.feeds)[number]) => {
    const { kind, id } = feedParts(feed);
    if (kind === 'town' || kind === 'village') return t(`access:admin.feed.${kind}`, { name: nameOf(id as RegionId) });
    const unit = units.find((each) => each.id === id);
    const unitName = i18n.language === 'en' ? unit?.nameEn : unit?.name;
    return t(`access:admin.feed.${kind}`, { name: unitName ?? id });
  };
  return (
    <>
      <h2 className={classes.paneTitle}>{t('access:admin.wouldSee')}</h2>
      <dl className={classes.counts}>
        {(['regions', 'cameras', 'openableCameras', 'centers', 'units', 'responders'] as const).map((kind) => (
          <div key={kind} data-count={kind}>
            <dt>{t(`access:admin.count.${kind}`)}</dt>
            <dd>{number.format(preview[kind])}</dd>
          </div>
        ))}
      </dl>
      <h3 className={classes.label}>{t('access:admin.feeds')}</h3>
      <p className={classes.feeds}>
        {preview.feeds.length === 0 ? t('access:admin.noFeed') : preview.feeds.map(feedName).join(t('access:admin.comma'))}
      </p>
    </>
  );
}
