import { Button, Checkbox, Select, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Role } from '#contract/access/index.ts';
import type { Unit } from '#contract/directory/index.ts';
import type { UnitId } from '#contract/values/index.ts';
import { refusalText } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import classes from './AdminPage.module.css';
import type { AdminDesk, AdminState, Draft } from './adminDesk.ts';
import { PersonActs } from './PersonActs.tsx';
import { RightsCard } from './RightsCard.tsx';
import { TerritoryTree } from './TerritoryTree.tsx';

/** One person: who he is, what he may, where, and what he would see by it. */
export function PersonForm({ desk, draft, state }: { desk: AdminDesk; draft: Draft; state: Extract<AdminState, { kind: 'open' }> }) {
  const { t } = useTranslation();
  const { account, name, roles, territory, personId } = draft;
  const isNew = personId === null;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void desk.save();
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <section className={classes.pane}>
        <h2 className={classes.paneTitle}>{isNew ? t('access:admin.newPerson') : name}</h2>
        <div className={classes.names}>
          <TextInput
            label={t('access:admin.column.account')}
            value={account}
            readOnly={!isNew}
            onChange={(event) => desk.edit({ account: event.currentTarget.value })}
            required={isNew}
          />
          <TextInput
            label={t('access:admin.column.name')}
            value={name}
            readOnly={!isNew}
            onChange={(event) => desk.edit({ name: event.currentTarget.value })}
            required={isNew}
          />
        </div>
        <h3 className={classes.label}>{t('access:admin.column.roles')}</h3>
        <div className={classes.roles}>
          {Role.options.map((role) => (
            <Checkbox
              key={role}
              size="sm"
              label={t(`access:role.${role}`)}
              checked={roles.includes(role)}
              onChange={() => desk.edit({ roles: roles.includes(role) ? roles.filter((each) => each !== role) : [...roles, role] })}
            />
          ))}
        </div>
        {roles.includes('unitLiaison') && <UnitChoice desk={desk} chosen={draft.unitId} units={state.units} />}
        <h3 className={classes.label}>{t('access:admin.column.territory')}</h3>
        <div className={classes.scroll}>
          <TerritoryTree regions={state.regions} chosen={territory} onChange={(next) => desk.edit({ territory: next })} />
        </div>
      </section>
      <section className={classes.pane}>
        <RightsCard preview={state.preview} regions={state.regions} units={state.units} />
        {state.refusal !== null && (
          <p className={classes.refused} role="alert">
            <Shape name="diamond" /> {refusalText(t, state.refusal)}
          </p>
        )}
        <Button type="submit" size="md" disabled={roles.length === 0 || territory.length === 0}>
          {isNew ? t('access:admin.create') : t('access:admin.saveRights')}
        </Button>
        <p className={classes.quiet}>{isNew ? t('access:admin.createNote') : t('access:admin.saveNote')}</p>
        {personId !== null && (
          <PersonActs
            desk={desk}
            personId={personId}
            isDisabled={state.people.some((each) => each.personId === personId && each.isDisabled)}
          />
        )}
        {state.newPassword !== null && (
          <div className={classes.password} role="status">
            <span>{t('access:admin.newPassword', { account: state.newPassword.account })}</span>
            <code className={classes.code}>{state.newPassword.password}</code>
            <span className={classes.quiet}>{t('access:admin.toldOnce')}</span>
          </div>
        )}
      </section>
    </form>
  );
}

/** The department that a liaison speaks for. */
function UnitChoice({ desk, chosen, units }: { desk: AdminDesk; chosen: UnitId | null; units: readonly Unit[] }) {
  const { t, i18n } = useTranslation();
  return (
    <Select
      label={t('access:admin.unit')}
      description={t('access:admin.unitNote')}
      searchable
      clearable
      value={chosen}
      data={units.map(({ id, name, nameEn }) => ({ value: id, label: i18n.language === 'en' ? nameEn : name }))}
      nothingFoundMessage={t('access:admin.noUnit')}
      onChange={(value) => desk.edit({ unitId: units.find(({ id }) => id === value)?.id ?? null })}
    />
  );
}
