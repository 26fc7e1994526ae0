import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { RespondersCount } from '../responders/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { provenCount } from '../wall/index.ts';
import { ConsoleMenu } from './ConsoleMenu.tsx';
import classes from './Header.module.css';
import { LinkWords } from './LinkWords.tsx';
import { SearchBox } from './SearchBox.tsx';

/** The line on top: where, when, who; how the line to the platform is, what is proven on the Wall; search and settings. */
export function Header() {
  const { t, nameOf, time } = useTexts();
  const county = useRoom((room) => room.county);
  const person = useRoom((room) => room.person);
  const isDemo = useRoom(({ warnings }) => warnings.includes('demo'));
  const clock = usePlatformTime((nowMs) => time(nowMs, 'seconds'));
  return (
    <header className={classes.header}>
      <span className={classes.county}>{county === null ? 'Commandwall' : nameOf(county)}</span>
      <span className={classes.clock}>{clock}</span>
      {person !== null && (
        <span className={classes.person}>
          <span className={classes.roles}>{person.roles.map((role) => t(`access:role.${role}`)).join(' · ')}</span>{' '}
          <span>{person.name}</span>
        </span>
      )}
      {isDemo && (
        <span className={classes.demo} title={t('room:warning.demo')}>
          {t('room:warningShort.demo')}
        </span>
      )}
      <OtherWarnings />
      <span className={classes.space} />
      <div className={classes.words}>
        <LinkWords />
        <RespondersCount />
        <WallWords />
      </div>
      <SearchBox />
      <ConsoleMenu />
    </header>
  );
}

function OtherWarnings() {
  const { t } = useTexts();
  const warnings = useRoom((room) => room.warnings);
  return warnings
    .filter((warning) => warning !== 'demo')
    .map((warning) => (
      <span key={warning} className={classes.warning} title={t(`room:warning.${warning}`)}>
        <Shape name="square" /> {t(`room:warningShort.${warning}`)}
      </span>
    ));
}

/** How many pictures of the Wall are proven live; the pieces add up to the whole. */
function WallWords() {
  const { t, number } = useTexts();
  const glass = useRoom((room) => room.glass);
  const wall = useRoom((room) => room.wall);
  const displays = useRoom((room) => room.displays);
  const second = usePlatformTime((nowMs) => Math.floor(nowMs / 1000) * 1000);
  const { expected, byKind } = provenCount({ glass, wall, displays, nowMs: second });
  const others = (['connecting', 'unmoving', 'stale', 'offline', 'refused', 'unreported'] as const).filter((kind) => byKind[kind] > 0);
  return (
    <span data-wall-count={`${byKind.live}/${expected}`}>
      <span className={classes.soft}>{t('console:wall.name')}</span>{' '}
      <strong>{t('console:wall.live', { live: number(byKind.live), expected: number(expected) })}</strong>
      <span className={classes.soft}>
        {others.map((kind) => {
          const word = t(kind === 'unreported' ? 'console:wall.unreported' : `cameras:state.${kind}`);
          // Within a line of words, where a tile's label would begin with a capital.
          return ` · ${number(byKind[kind])} ${word.toLocaleLowerCase('en')}`;
        })}
      </span>
    </span>
  );
}
