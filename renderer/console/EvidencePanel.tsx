import { KeptTable, PictureBox, useEvidenceRights, useKeptList, useKeptPicture } from '../evidence/index.ts';
import { useTexts } from '../language/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import classes from './EvidencePanel.module.css';
import { purposeWords } from './PurposePicker.tsx';
import { useSelectedCamera } from './useSelectedCamera.ts';
import { PanelParts, WidePanel } from './WidePanel.tsx';
import frame from './WidePanel.module.css';

/** Pictures that are kept: of the camera that is looked at, or of all; one can be opened, and erased by right. */
export function EvidencePanel() {
  const { t } = useTexts();
  const { view } = useConsole();
  const shown = useConsoleState((state) => state.evidenceShown);
  const { mayList } = useEvidenceRights();
  return (
    <WidePanel
      isOpen={mayList && shown !== 'closed'}
      onClose={() => view.showEvidence('closed')}
      title={t('evidence:panel.title')}
      widthPx={1560}
    >
      {shown !== 'closed' && <EvidenceContent of={shown} />}
    </WidePanel>
  );
}

function EvidenceContent({ of }: { of: 'camera' | 'all' }) {
  const texts = useTexts();
  const { t, number, refusal, nameOf } = texts;
  const { view } = useConsole();
  const { mayOpen, mayErase } = useEvidenceRights();
  const camera = useSelectedCamera();
  const purpose = useConsoleState((state) => state.purpose);
  const round = useConsoleState((state) => state.evidenceRound);
  const list = useKeptList({ cameraId: of === 'camera' ? (camera?.id ?? null) : null, round, isAsked: true });
  const { picture, open, close } = useKeptPicture();
  const openId = picture.kind === 'none' ? null : picture.row.evidenceId;
  return (
    <PanelParts
      bar={
        <>
          {(['camera', 'all'] as const).map((each) => (
            <button key={each} type="button" className={frame.choice} aria-pressed={each === of} onClick={() => view.showEvidence(each)}>
              {each === 'all' ? t('evidence:panel.allCameras') : t('evidence:panel.thisCamera')}
              {each === 'camera' && camera !== null && ` · ${camera.number} ${nameOf(camera)}`}
            </button>
          ))}
          {list.count !== null && <span className={classes.soft}>{t('evidence:panel.count', { total: number(list.count) })}</span>}
          {list.trouble !== null && <span className={classes.trouble}>{refusal(list.trouble)}</span>}
        </>
      }
    >
      <div className={classes.parts}>
        <div className={classes.list} tabIndex={-1}>
          {list.rows.length === 0 && list.count !== null && <p className={classes.soft}>{t('evidence:panel.empty')}</p>}
          {list.rows.length > 0 && (
            <KeptTable
              rows={list.rows}
              hasCameras={of === 'all'}
              open={openId}
              onOpen={mayOpen ? (row) => open(row, purpose) : null}
              onErase={
                mayErase
                  ? async (row, reason) => {
                      // What is to be gone is not shown any longer.
                      if (row.evidenceId === openId) close();
                      await view.eraseEvidence(row.evidenceId, reason);
                    }
                  : null
              }
            />
          )}
          {list.hasMore && (
            <button type="button" className={`${frame.choice} ${classes.more}`} onClick={list.more}>
              {t('evidence:panel.more')}
            </button>
          )}
        </div>
        <div className={classes.picture}>
          {(mayOpen || picture.kind !== 'none') && <PictureBox picture={picture} purpose={purposeWords(texts, purpose)} />}
        </div>
      </div>
    </PanelParts>
  );
}
