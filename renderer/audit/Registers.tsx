import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { registerLimits } from '#contract/audit/index.ts';
import { refusalText } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import type { SaveFile } from './AuditPage.tsx';
import classes from './AuditPage.module.css';
import type { AuditDesk, AuditState, Leaf } from './auditDesk.ts';
import { AuditTable } from './AuditTable.tsx';
import { FaultTable } from './FaultTable.tsx';
import { FilterBar } from './FilterBar.tsx';
import { LookingTables } from './LookingTables.tsx';
import { registerList } from './registerList.ts';
import type { RowWords } from './rowTexts.ts';
import { VerifyCard } from './VerifyCard.tsx';

type Open = Extract<AuditState, { kind: 'open' }>;

/** The registers: which one, what narrows it, its rows, and the way to older ones. */
export function Registers({ desk, state, saveFile }: { desk: AuditDesk; state: Open; saveFile: SaveFile }) {
  const { t, i18n } = useTranslation();
  const { asked, leaf, choices } = state;
  const words: RowWords = { t, language: i18n.language, timeZone: choices.county.timeZone };
  const exportRows = async () => {
    const exported = await desk.exported();
    if (exported !== null) saveFile({ name: `${exported.register}.csv`, text: registerList({ exported, words }) });
  };
  return (
    <main className={classes.registers}>
      <div className={classes.bar}>
        <nav className={classes.tabs} aria-label={t('audit:registers')}>
          {(['looking', 'audit', 'faults'] as const).map((register) => (
            <button
              key={register}
              type="button"
              className={classes.tab}
              aria-current={register === asked.register ? 'page' : undefined}
              onClick={() => void desk.show(register)}
            >
              {t(`audit:surface.${register}`)}
            </button>
          ))}
        </nav>
        <VerifyCard desk={desk} verified={state.verified} words={words} />
      </div>
      <FilterBar desk={desk} asked={asked} choices={choices} />
      {state.refusal !== null && (
        <p className={classes.refused} role="alert">
          <Shape name="diamond" />{' '}
          {refusalText(
            t,
            withField(state.refusal, (field) => t(`audit:field.${field}`, { defaultValue: field })),
          )}
        </p>
      )}
      <div className={classes.scroll} aria-busy={state.isAsking}>
        {leaf !== null && <LeafTable leaf={leaf} words={words} desk={desk} />}
        {leaf === null && state.isAsking && <p className={classes.quiet}>{t('audit:asking')}</p>}
      </div>
      <footer className={classes.foot}>
        {leaf !== null && <span className={classes.soft}>{countText(leaf, t)}</span>}
        <span className={classes.space} />
        <Button variant="default" size="sm" disabled={state.cursors.length < 2} onClick={() => void desk.turn('newer')}>
          {t('audit:newer')}
        </Button>
        <Button variant="default" size="sm" disabled={leaf?.page.nextCursor == null} onClick={() => void desk.turn('older')}>
          {t('audit:older')}
        </Button>
        <Button variant="default" size="sm" onClick={() => void exportRows()}>
          {t('audit:export')}
        </Button>
      </footer>
    </main>
  );
}

function LeafTable({ leaf, words, desk }: { leaf: Leaf; words: RowWords; desk: AuditDesk }) {
  switch (leaf.register) {
    case 'looking':
      return <LookingTables page={leaf.page} open={leaf.open} words={words} desk={desk} />;
    case 'audit':
      return <AuditTable page={leaf.page} words={words} />;
    case 'faults':
      return <FaultTable page={leaf.page} words={words} />;
  }
}

function countText({ page }: Leaf, t: RowWords['t']): string {
  const { count } = page;
  return count >= registerLimits.countUpTo ? t('audit:countAtLeast', { count }) : t('audit:countOf', { count });
}

type Refused = NonNullable<Open['refusal']>;

/** The same refusal with its field by the name that stands over it on the page. */
function withField(refusal: Refused, nameOf: (field: string) => string): Refused {
  const field = refusal.params?.['field'];
  return typeof field === 'string' ? { ...refusal, params: { ...refusal.params, field: nameOf(field) } } : refusal;
}
