import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Purpose } from '#contract/cameras/index.ts';
import { evidenceDays, EvidenceReason } from '#contract/evidence/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './evidence.module.css';

/** The reason that goes with what the console looks for; somebody who patrols looks after public safety. */
const reasonFor: { readonly [Kind in Purpose['kind']]: EvidenceReason['kind'] } = {
  patrol: 'publicSafety',
  incident: 'incident',
  drill: 'drill',
  maintenance: 'equipment',
};

/** Why a picture is kept, and the key that keeps it. */
export function TakeForm({ purpose, onTake }: { purpose: Purpose; onTake: (reason: EvidenceReason) => Promise<void> }) {
  const { t } = useTexts();
  const [kind, setKind] = useState<EvidenceReason['kind']>(reasonFor[purpose.kind]);
  const [number, setNumber] = useState(purpose.reference ?? '');
  const [isTaking, setTaking] = useState(false);
  const reason = EvidenceReason.safeParse({ kind, reference: number.trim() === '' ? null : number.trim() });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!reason.success || isTaking) return;
    setTaking(true);
    void onTake(reason.data).finally(() => setTaking(false));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <NativeSelect
        label={t('evidence:take.reason')}
        value={kind}
        data={EvidenceReason.shape.kind.options.map((each) => ({ value: each, label: t(`evidence:reason.${each}`) }))}
        onChange={(event) => setKind(EvidenceReason.shape.kind.parse(event.currentTarget.value))}
      />
      <TextInput
        label={t('evidence:take.number')}
        maxLength={64}
        value={number}
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <p className={classes.hint}>{t('evidence:take.hint', { days: evidenceDays.snapshot })}</p>
      <Button type="submit" disabled={!reason.success || isTaking} data-autofocus>
        {t(isTaking ? 'evidence:take.taking' : 'evidence:take.send')}
      </Button>
    </form>
  );
}
