import { Button, NativeSelect, Popover, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { LiftReason, liftLimits } from '#contract/cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime } from '../room/index.ts';
import classes from './LiftFact.module.css';
import type { Lift } from './useLift.ts';

/** That a camera is masked, how a request to lift it stands, and the way to ask. */
export function LiftFact({ lift }: { lift: Lift }) {
  const { t, refusal } = useTexts();
  const { kind } = lift.state;
  return (
    <>
      <span data-lift={kind} role="status">
        <Shape name="half" /> <LiftWords lift={lift} />
      </span>
      {kind === 'waiting' || kind === 'lifted' ? (
        <Button size="compact-xs" variant="default" onClick={() => lift.end()}>
          {t(kind === 'waiting' ? 'console:lift.takeBack' : 'console:lift.end')}
        </Button>
      ) : (
        <LiftForm lift={lift} label={t(kind === 'masked' ? 'console:lift.ask' : 'console:lift.again')} />
      )}
      {lift.refusal !== null && <span role="alert">{refusal(lift.refusal)}</span>}
    </>
  );
}

function LiftWords({ lift: { state } }: { lift: Lift }) {
  const { t, names } = useTexts();
  const left = usePlatformTime((nowMs) => ('untilMs' in state ? countdown(state.untilMs - nowMs) : ''));
  switch (state.kind) {
    case 'masked':
      return t('console:lift.masked');
    case 'waiting':
      return t('console:lift.waiting', { names: names(state.ringing), left });
    case 'lifted':
      return t('console:lift.lifted', { by: state.by, left });
    case 'refused':
      return t('console:lift.refused', { by: state.by });
    case 'unanswered':
      return t('console:lift.unanswered');
  }
}

function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const offeredMinutes = [5, 10, liftLimits.maxMinutes] as const;

function LiftForm({ lift, label }: { lift: Lift; label: string }) {
  const { t } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [kind, setKind] = useState<LiftReason['kind']>('incident');
  const [minutes, setMinutes] = useState<number>(10);
  const [number, setNumber] = useState('');
  const reason = LiftReason.safeParse({ kind, reference: number.trim() === '' ? null : number.trim() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reason.success) return;
    lift.ask({ reason: reason.data, minutes });
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-start" trapFocus returnFocus withRoles={false}>
      <Popover.Target>
        <Button size="compact-xs" variant="default" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dialog} role="dialog" aria-label={t('console:lift.ask')}>
        <form className={classes.form} onSubmit={submit}>
          <NativeSelect
            label={t('console:lift.reason')}
            value={kind}
            data={LiftReason.shape.kind.options.map((each) => ({ value: each, label: t(`console:lift.reasons.${each}`) }))}
            onChange={(event) => setKind(LiftReason.shape.kind.parse(event.currentTarget.value))}
          />
          <NativeSelect
            label={t('console:lift.minutes')}
            value={String(minutes)}
            data={offeredMinutes.map((count) => ({ value: String(count), label: t('console:lift.minutesOf', { count }) }))}
            onChange={(event) => setMinutes(Number(event.currentTarget.value))}
          />
          <TextInput
            label={t('console:lift.number')}
            maxLength={64}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <p className={classes.hint}>{t('console:lift.hint')}</p>
          <Button type="submit" disabled={!reason.success}>
            {t('console:lift.send')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
