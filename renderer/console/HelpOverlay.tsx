import { Kbd, Modal } from '@mantine/core';
import { useTexts } from '../language/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import classes from './HelpOverlay.module.css';

/** Keys by where they work; the words are texts, the keys are the same in every language. */
const groups: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  everywhere: {
    help: ['F1'],
    search: ['Ctrl K'],
    incidents: ['I'],
    tree: ['T'],
    map: ['M'],
    wall: ['W'],
    join: ['G'],
    choose: ['Q', 'F', 'J', 'U'],
    preview: ['P'],
    purpose: ['R'],
    link: ['L'],
    health: ['H'],
    snapshot: ['S'],
    evidence: ['E'],
    waiting: ['O'],
    undo: ['Ctrl Z'],
  },
  map: {
    pan: ['↑', '↓', '←', '→'],
    zoom: ['+', '−'],
    enter: ['Enter'],
    leave: ['Backspace'],
    step: ['N', '⇧ N'],
    layers: ['1', '…', '6'],
    draw: ['↑↓←→', '+ −', 'Space', 'Enter'],
    show: ['W'],
    clear: ['Esc'],
    mark: ['D', '1', '…', '5', 'Space', 'Enter'],
    unmark: ['Ctrl Z', 'Delete'],
    follow: ['V'],
    pickUp: ['X'],
  },
  incidents: { move: ['↑', '↓'], show: ['Enter'], look: ['Space'] },
  tree: { move: ['↑', '↓'], open: ['→', '←'], look: ['Enter'], mark: ['Ctrl Space', 'Shift ↑↓'], place: ['1.4', 'Enter'] },
  wall: {
    move: ['↑', '↓', '←', '→'],
    place: ['Enter'],
    pickUp: ['X'],
    swap: ['Enter'],
    zoom: ['+', '−', '0'],
    pin: ['V'],
    clear: ['Delete'],
  },
  preview: { zoom: ['+', '−'], pan: ['↑', '↓', '←', '→'], whole: ['0'] },
};

/** All keys of the console; F1 opens and closes it. */
export function HelpOverlay() {
  const { t } = useTexts();
  const { view } = useConsole();
  const isOpen = useConsoleState((state) => state.isHelpOpen);
  return (
    <Modal opened={isOpen} onClose={() => view.showHelp('closed')} title={t('console:help.title')} size={1240} lockScroll={false} centered>
      <div className={classes.groups}>
        {Object.entries(groups).map(([group, keys]) => (
          <section key={group}>
            <h3 className={classes.title}>{t(`console:help.${group}.title`)}</h3>
            <dl className={classes.keys}>
              {Object.entries(keys).map(([action, pressed]) => (
                <div key={action} className={classes.key}>
                  <dt>
                    {pressed.map((key) => (
                      <Kbd key={key} size="sm">
                        {key}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{t(`console:help.${group}.${action}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.drag}>{t('console:help.drag')}</p>
    </Modal>
  );
}
