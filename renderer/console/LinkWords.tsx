import { Popover } from '@mantine/core';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import { LinkPanel } from './LinkPanel.tsx';
import classes from './LinkWords.module.css';

/** The line to the platform in words: normal is quiet, anything else has a shape. A click or L opens its figures. */
export function LinkWords() {
  const { t } = useTexts();
  const { view } = useConsole();
  const bridge = useRoom((room) => room.bridge);
  const isOpen = useConsoleState((state) => state.isLinkOpen);
  if (bridge !== 'open') {
    return (
      <span className={classes.trouble} role="status">
        <Shape name="triangle" /> {t(`console:bridge.${bridge}`)}
      </span>
    );
  }
  return (
    <Popover
      opened={isOpen}
      onClose={() => view.showLink('closed')}
      position="bottom-end"
      offset={10}
      width={480}
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <button
          type="button"
          className={classes.link}
          aria-expanded={isOpen}
          aria-haspopup="dialog"
          onClick={() => view.showLink(isOpen ? 'closed' : 'open')}
        >
          <LinkLine />
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} role="dialog" aria-label={t('console:continuity.title')}>
        <LinkPanel />
      </Popover.Dropdown>
    </Popover>
  );
}

function LinkLine() {
  const { t, duration, number } = useTexts();
  const link = useRoom((room) => room.link);
  const missed = useRoom((room) => room.continuity.missed);
  const others = useRoom((room) => room.waiting.others);
  const own = link.waiting - others.reduce((sum, { count }) => sum + count, 0);
  const since = usePlatformTime((nowMs) => (link.kind === 'live' ? '' : duration(nowMs - link.sinceMs)));
  return (
    <span
      data-link={link.kind}
      role="status"
      title={t('console:link.title', { feeds: number(link.feeds), healed: number(link.healedGaps) })}
    >
      <span className={classes.soft}>{t('console:link.name')}</span>{' '}
      {link.kind !== 'live' && (
        <span className={classes.troubleShape}>
          <Shape name={link.kind === 'connecting' ? 'ring' : 'triangle'} />{' '}
        </span>
      )}
      <strong>{t(`console:link.${link.kind}`, { since })}</strong>
      <span className={classes.soft}>
        {' · '}
        {missed === 0 ? t('console:link.noneMissed') : t('console:link.missed', { count: missed })}
        {own > 0 && ` · ${t('console:link.waiting', { count: own })}`}
        {others.map(
          ({ name, count }) => ` · ${t('console:waiting.others', { count, name: name === '' ? t('console:waiting.somebody') : name })}`,
        )}
      </span>
    </span>
  );
}
