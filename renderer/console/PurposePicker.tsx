import { Button, Popover, TextInput, UnstyledButton } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Purpose } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import { purposeKeyId } from './keys.ts';
import classes from './PurposePicker.module.css';

/** Why cameras are looked at from this console; every look from here on is recorded with it. */
export function PurposePicker() {
  const { t } = useTexts();
  const purpose = useConsoleState((state) => state.purpose);
  const [isOpen, setOpen] = useState(false);
  const words = purposeWords(useTexts(), purpose);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="md" withRoles={false}>
      <Popover.Target>
        <UnstyledButton
          id={purposeKeyId}
          className={classes.chip}
          data-purpose={purpose.kind}
          aria-expanded={isOpen}
          title={t('console:purpose.hint')}
          onClick={() => setOpen(!isOpen)}
        >
          <span className={classes.name}>{t('console:purpose.name')}</span> {words}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dialog} role="dialog" aria-label={t('console:purpose.name')}>
        <PurposeForm onDone={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** A purpose in words, with its number. */
export function purposeWords({ t }: Pick<ReturnType<typeof useTexts>, 't'>, { kind, reference }: Purpose): string {
  const name = t(`console:purpose.kind.${kind}`);
  return reference === null ? name : `${name} ${reference}`;
}

function PurposeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const [number, setNumber] = useState('');
  const incident = Purpose.safeParse({ kind: 'incident', reference: number.trim() });
  const isNumbered = incident.success && number.trim() !== '';
  const choose = (purpose: Purpose) => {
    view.setPurpose(purpose);
    onDone();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isNumbered) choose(incident.data);
  };
  return (
    <>
      <div className={classes.kinds}>
        {(['patrol', 'drill', 'maintenance'] as const).map((kind) => (
          <Button key={kind} size="compact-sm" variant="default" onClick={() => choose({ kind, reference: null })}>
            {t(`console:purpose.kind.${kind}`)}
          </Button>
        ))}
      </div>
      <form className={classes.incident} onSubmit={submit}>
        <TextInput
          label={t('console:purpose.number')}
          maxLength={64}
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Button type="submit" size="compact-sm" variant="default" disabled={!isNumbered}>
          {t('console:purpose.kind.incident')}
        </Button>
      </form>
      <p className={classes.hint}>{t('console:purpose.hint')}</p>
    </>
  );
}
