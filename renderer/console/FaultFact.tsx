import { Button, Popover, Textarea } from '@mantine/core';
import { useState } from 'react';
import { type Camera, CameraFault } from '#contract/cameras/index.ts';
import { Note } from '#contract/record/index.ts';
import { repairNumber } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { useRoom } from '../room/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import classes from './FaultFact.module.css';
import { FaultNote } from './FaultNote.tsx';

/** The open fault report, or the way to report one. */
export function FaultFact({ camera }: { camera: Camera }) {
  const { t, time } = useTexts();
  const { view } = useConsole();
  const fault = useRoom(({ cameras }) => cameras.get(camera.id)?.fault ?? null);
  if (fault === null) {
    return (
      <>
        <span>{t('console:card.noFault')}</span>
        <FaultReport camera={camera} />
      </>
    );
  }
  return (
    <>
      <span className={classes.reported}>
        <Shape name="diamond" /> {t(`console:fault.${fault.kind}`)} · {repairNumber({ camera, fault, time })}
      </span>
      <Button size="compact-xs" variant="default" onClick={() => view.clearFault(camera.id)}>
        {t('console:card.clearFault')}
      </Button>
      {fault.note !== undefined && <FaultNote key={fault.note.reference} reference={fault.note.reference} />}
    </>
  );
}

/** What is wrong with it, and words beside it where a kind says too little. */
function FaultReport({ camera }: { camera: Camera }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const [words, setWords] = useState('');
  const note = Note.safeParse(words);
  const isWritable = words.trim() === '' || note.success;
  const report = (kind: CameraFault) => {
    view.reportFault(camera.id, kind, note.success ? note.data : undefined);
    setOpen(false);
    setWords('');
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus withRoles={false}>
      <Popover.Target>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t('console:card.reportFault')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dialog} role="dialog" aria-label={t('console:card.reportFault')}>
        <Textarea
          label={t('console:note.label')}
          description={t('console:note.hint')}
          descriptionProps={{ size: 'sm' }}
          maxLength={500}
          autosize
          minRows={2}
          maxRows={5}
          value={words}
          error={isWritable ? null : t('console:note.unreadable')}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <div className={classes.kinds}>
          {CameraFault.options.map((kind) => (
            <Button key={kind} size="compact-sm" variant="default" disabled={!isWritable} onClick={() => report(kind)}>
              {t(`console:fault.${kind}`)}
            </Button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
