import { Button, Popover, Select } from '@mantine/core';
import { useState } from 'react';
import { ErasureReason, type ParticularsOpened, ParticularsPurpose, type ParticularsReference } from '#contract/record/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import classes from './FaultFact.module.css';

/** Words beside a report: fetched for a purpose, on the record, and gone from this window when the card is closed. */
export function FaultNote({ reference }: { reference: ParticularsReference }) {
  const { t } = useTexts();
  const { view } = useConsole();
  // Asked once while this camera is looked at; each opening is on the record with it.
  const [purpose, setPurpose] = useState<ParticularsPurpose | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [opened, setOpened] = useState<ParticularsOpened | null>(null);
  const open = async (why: ParticularsPurpose) => {
    setPurpose(why);
    const answer = await view.openNote(reference, why);
    if (answer === null) setOpen(false);
    setOpened(answer);
  };
  const toggle = () => {
    setOpened(null);
    setOpen(!isOpen);
    if (!isOpen && purpose !== null) void open(purpose);
  };
  return (
    <Popover opened={isOpen} onChange={() => toggle()} position="top-end" trapFocus withRoles={false}>
      <Popover.Target>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={toggle}>
          {t('console:note.open')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dialog} role="dialog" aria-label={t('console:note.open')}>
        {purpose === null ? (
          <Select
            label={t('console:note.purpose')}
            description={t('console:note.purposeHint')}
            descriptionProps={{ size: 'sm' }}
            data={ParticularsPurpose.options.map((each) => ({ value: each, label: t(`console:note.purposes.${each}`) }))}
            comboboxProps={{ withinPortal: false }}
            onChange={(value) => void open(ParticularsPurpose.parse(value))}
          />
        ) : (
          <OpenedNote opened={opened} onErase={(reason) => void view.eraseNote(reference, reason).then(toggle)} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

function OpenedNote({ opened, onErase }: { opened: ParticularsOpened | null; onErase: (reason: 'request' | 'mistake') => void }) {
  const { t, time } = useTexts();
  const mayErase = useRoom(({ person }) => person?.roles.some((role) => role === 'shiftLeader' || role === 'administrator') ?? false);
  if (opened === null) return <p className={classes.words}>{t('console:note.waiting')}</p>;
  switch (opened.kind) {
    case 'erased':
      return (
        <p className={classes.words}>
          {t('console:note.erased', { time: time(opened.erasedAtMs, 'minutes'), reason: t(`console:note.reasons.${opened.reason}`) })}
        </p>
      );
    case 'text':
      return (
        <>
          <p className={classes.words}>{opened.text}</p>
          <p className={classes.quiet}>{t('console:note.recorded', { time: time(opened.createdAtMs, 'minutes') })}</p>
          {mayErase && (
            <>
              <p className={classes.quiet}>{t('console:note.eraseHint')}</p>
              <div className={classes.kinds}>
                {ErasureReason.exclude(['retention']).options.map((reason) => (
                  <Button key={reason} size="compact-sm" color="red" variant="outline" onClick={() => onErase(reason)}>
                    {t('console:note.erase', { reason: t(`console:note.reasons.${reason}`) })}
                  </Button>
                ))}
              </div>
            </>
          )}
        </>
      );
  }
}
