import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import { type EraseEvidence, type EvidenceRow } from '#contract/evidence/index.ts';
import { useCamera } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './evidence.module.css';
import { useKeptWords } from './useKeptWords.ts';

type Erase = (row: EvidenceRow, reason: EraseEvidence['reason']) => Promise<void>;
type Acts = {
  /** The one that is open, by id. */
  readonly open: string | null;
  /** Null: this person may not. */
  readonly onOpen: ((row: EvidenceRow) => void) | null;
  readonly onErase: Erase | null;
};

/** Kept pictures, the newest first: when, where, who, why, until when. */
export function KeptTable({ rows, hasCameras, ...acts }: { rows: readonly EvidenceRow[]; hasCameras: boolean } & Acts) {
  const { t } = useTexts();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th>{t('evidence:panel.takenAt')}</th>
          {hasCameras && <th>{t('evidence:panel.camera')}</th>}
          <th>{t('evidence:panel.by')}</th>
          <th>{t('evidence:panel.reason')}</th>
          <th>{t('evidence:panel.until')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <KeptLine key={row.evidenceId} row={row} hasCamera={hasCameras} {...acts} />
        ))}
      </tbody>
    </table>
  );
}

function KeptLine({ row, hasCamera, open, onOpen, onErase }: { row: EvidenceRow; hasCamera: boolean } & Acts) {
  const { t, nameOf } = useTexts();
  const camera = useCamera(row.cameraId);
  const words = useKeptWords(row);
  return (
    <tr data-evidence={row.evidenceId} data-standing={row.standing.kind} data-open={open === row.evidenceId}>
      <td className={classes.when}>{words.takenAt}</td>
      {hasCamera && <td>{camera == null ? row.cameraId : `${camera.number} ${nameOf(camera)}`}</td>}
      <td>{row.by}</td>
      <td>{words.reason}</td>
      <td className={classes.when}>{row.standing.kind === 'kept' ? words.until : words.standing}</td>
      <td>
        <div className={classes.acts}>
          {row.standing.kind === 'kept' && onOpen !== null && (
            <Button size="compact-xs" variant="default" onClick={() => onOpen(row)}>
              {t('evidence:panel.open')}
            </Button>
          )}
          {row.standing.kind !== 'erased' && onErase !== null && <EraseKey row={row} onErase={onErase} />}
        </div>
      </td>
    </tr>
  );
}

/** Asks for the reason before anything goes: it does not come back. */
function EraseKey({ row, onErase }: { row: EvidenceRow; onErase: Erase }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const erase = (reason: EraseEvidence['reason']) => {
    setOpen(false);
    void onErase(row, reason);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus withRoles={false} shadow="md">
      <Popover.Target>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('evidence:erase.name')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dialog} role="dialog" aria-label={t('evidence:erase.title')}>
        <div className={classes.form}>
          <p className={classes.hint}>{t('evidence:erase.hint')}</p>
          {(['request', 'mistake'] as const).map((reason) => (
            <Button key={reason} size="compact-sm" color="red" variant="outline" onClick={() => erase(reason)}>
              {t(`evidence:erase.${reason}`)}
            </Button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
