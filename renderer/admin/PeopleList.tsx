import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountView } from '#contract/access/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { PersonId } from '#contract/values/index.ts';
import { Shape } from '../look/index.ts';
import classes from './AdminPage.module.css';
import type { AdminDesk } from './adminDesk.ts';
import { regionNames } from './regionNames.ts';

/** Everybody with an account; a click opens him on the form. */
export function PeopleList({
  desk,
  people,
  regions,
  chosen,
}: {
  desk: AdminDesk;
  people: readonly AccountView[];
  regions: readonly Region[];
  chosen: PersonId | null;
}) {
  const { t, i18n } = useTranslation();
  const nameOf = regionNames({ regions, language: i18n.language });
  return (
    <section className={classes.pane}>
      <div className={classes.paneHead}>
        <h2 className={classes.paneTitle}>{t('access:admin.people', { count: people.length })}</h2>
        <Button size="sm" onClick={() => desk.choose(null)}>
          {t('access:admin.add')}
        </Button>
      </div>
      <div className={classes.scroll}>
        <table className={classes.people}>
          <thead>
            <tr>
              {(['account', 'name', 'roles', 'territory', 'standing'] as const).map((column) => (
                <th key={column}>{t(`access:admin.column.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.personId} data-account={person.account} data-chosen={person.personId === chosen}>
                <td>
                  <button type="button" className={classes.open} onClick={() => desk.choose(person)}>
                    {person.account}
                  </button>
                </td>
                <td>{person.name}</td>
                <td>{person.roles.map((role) => t(`access:role.${role}`)).join(t('access:admin.comma'))}</td>
                <td>{person.territory.map(nameOf).join(t('access:admin.comma'))}</td>
                <td>
                  {person.isDisabled ? (
                    <span className={classes.disabled}>
                      <Shape name="diamond" /> {t('access:admin.isDisabled')}
                    </span>
                  ) : (
                    <span className={classes.soft}>{t('access:admin.isEnabled')}</span>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
