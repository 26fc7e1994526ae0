import type { EvidenceRow } from '#contract/evidence/index.ts';
import { useCamera } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import classes from './evidence.module.css';
import type { KeptPicture } from './useKeptPicture.ts';

/** The picture that is open, or what to do to open one. `purpose`: what an opening would be recorded with, in words. */
export function PictureBox({ picture, purpose }: { picture: KeptPicture; purpose: string }) {
  const { t, refusal } = useTexts();
  switch (picture.kind) {
    case 'none':
      return <p className={classes.soft}>{t('evidence:panel.choose', { purpose })}</p>;
    case 'opening':
      return (
        <p className={classes.soft} role="status">
          {t('evidence:panel.opening')}
        </p>
      );
    case 'refused':
      return (
        <p className={classes.trouble} role="alert">
          <Shape name="diamond" /> {refusal(picture.refusal)}
        </p>
      );
    case 'shown':
      return <ShownPicture row={picture.row} url={picture.url} />;
  }
}

function ShownPicture({ row, url }: { row: EvidenceRow; url: string }) {
  const { t, nameOf, time } = useTexts();
  const camera = useCamera(row.cameraId);
  const name = camera == null ? row.cameraId : `${camera.number} ${nameOf(camera)}`;
  const { atMs, isProven, rendition, widthPx, heightPx } = row.picture;
  const at = `${time(atMs, 'day')} ${time(atMs, 'seconds')}`;
  return (
    <figure className={classes.figure}>
      <img
        className={classes.picture}
        src={url}
        width={widthPx}
        height={heightPx}
        alt={t('evidence:panel.picture', { camera: name, time: at })}
        draggable={false}
        data-testid="kept-picture"
      />
      <figcaption className={classes.soft}>
        {name} · {at} · {t(isProven ? 'evidence:panel.proven' : 'evidence:panel.unproven')}
        {rendition === 'masked' && ` · ${t('evidence:panel.masked')}`}
      </figcaption>
    </figure>
  );
}
