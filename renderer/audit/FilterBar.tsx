import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditChoices, auditFacts, FaultKind } from '#contract/audit/index.ts';
import type { Asked } from './asked.ts';
import { noFilter } from './asked.ts';
import classes from './AuditPage.module.css';
import type { AuditDesk } from './auditDesk.ts';

/** What can be asked for by name: views have a register of their own. */
const entryTypes = Object.keys(auditFacts).filter((type) => !['audit.viewOpened', 'audit.viewClosed'].includes(type));

/** What narrows the register that is shown. Choices ask at once, typed text when it is sent (Enter). */
export function FilterBar({ desk, asked, choices }: { desk: AuditDesk; asked: Asked; choices: AuditChoices }) {
  const { t } = useTranslation();
  const { register } = asked;
  const isOfCameras = register !== 'audit';
  return (
    <div className={classes.filters}>
      {register !== 'faults' && <PersonChoice desk={desk} asked={asked} choices={choices} />}
      {isOfCameras && <CameraText key={asked.camera} desk={desk} camera={asked.camera} />}
      {isOfCameras && <RegionChoice desk={desk} asked={asked} choices={choices} />}
      {register === 'looking' && (
        <NativeSelect
          label={t('audit:field.purpose')}
          value={asked.purpose}
          onChange={(event) => void desk.narrow({ purpose: event.currentTarget.value as Asked['purpose'] })}
          data={[
            all(t),
            ...(['patrol', 'incident', 'drill', 'maintenance'] as const).map((kind) => ({
              value: kind,
              label: t(`audit:purpose.${kind}`),
            })),
          ]}
        />
      )}
      {register === 'audit' && (
        <NativeSelect
          label={t('audit:field.types')}
          value={asked.type}
          onChange={(event) => void desk.narrow({ type: event.currentTarget.value })}
          data={[
            all(t),
            ...entryTypes.map((type) => ({ value: type, label: t(`audit:entry.${type.slice('audit.'.length)}`, { defaultValue: type }) })),
          ]}
        />
      )}
      {register === 'faults' && (
        <NativeSelect
          label={t('audit:field.kind')}
          value={asked.faultKind}
          onChange={(event) => void desk.narrow({ faultKind: event.currentTarget.value as Asked['faultKind'] })}
          data={[all(t), ...FaultKind.options.map((kind) => ({ value: kind, label: t(`audit:faultKind.${kind}`) }))]}
        />
      )}
      {isOfCameras && (
        <NativeSelect
          label={t('audit:field.standing')}
          value={asked.standing}
          onChange={(event) => void desk.narrow({ standing: event.currentTarget.value as Asked['standing'] })}
          data={[all(t), ...(['open', 'ended'] as const).map((kind) => ({ value: kind, label: t(`audit:standing.${register}.${kind}`) }))]}
        />
      )}
      {(['from', 'until'] as const).map((end) => (
        <TextInput
          key={end}
          type="datetime-local"
          label={t(`audit:field.${end}`)}
          value={asked[end]}
          onChange={(event) => void desk.narrow({ [end]: event.currentTarget.value })}
        />
      ))}
      <Button variant="subtle" size="sm" onClick={() => void desk.narrow({ ...noFilter, register })}>
        {t('audit:clear')}
      </Button>
    </div>
  );
}

function all(t: (key: string) => string) {
  return { value: '', label: t('audit:all') };
}

function PersonChoice({ desk, asked, choices }: { desk: AuditDesk; asked: Asked; choices: AuditChoices }) {
  const { t } = useTranslation();
  const people = choices.people.map(({ personId, name, account }) => ({ value: personId as string, label: `${name}（${account}）` }));
  return (
    <NativeSelect
      label={t('audit:field.personId')}
      value={asked.personId}
      onChange={(event) => void desk.narrow({ personId: event.currentTarget.value })}
      data={[all(t), ...people]}
    />
  );
}

function RegionChoice({ desk, asked, choices }: { desk: AuditDesk; asked: Asked; choices: AuditChoices }) {
  const { t, i18n } = useTranslation();
  const nameOf = (region: AuditChoices['regions'][number]) =>
    i18n.language === 'en' && region.nameEn !== '' ? region.nameEn : region.name;
  const towns = choices.regions.filter(({ level }) => level === 'town');
  const inOrder = towns.flatMap((town) => [
    { value: town.id as string, label: nameOf(town) },
    ...choices.regions
      .filter(({ parentId }) => parentId === town.id)
      .map((village) => ({ value: village.id as string, label: `　${nameOf(village)}` })),
  ]);
  return (
    <NativeSelect
      label={t('audit:field.regionId')}
      value={asked.regionId}
      onChange={(event) => void desk.narrow({ regionId: event.currentTarget.value })}
      data={[all(t), ...inOrder]}
    />
  );
}

function CameraText({ desk, camera }: { desk: AuditDesk; camera: string }) {
  const { t } = useTranslation();
  const [text, setText] = useState(camera);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void desk.narrow({ camera: text });
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        label={t('audit:field.camera')}
        placeholder={t('audit:cameraHint')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </form>
  );
}
