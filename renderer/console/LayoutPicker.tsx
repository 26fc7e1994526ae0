import { Popover, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { cellCount, type DisplayScene, type Layout, layouts } from '#contract/wall/index.ts';
import { useTexts } from '../language/index.ts';
import { areNamesShown, LayoutDrawing } from '../wall/index.ts';
import { useConsole } from './ConsoleContext.tsx';
import classes from './LayoutPicker.module.css';

/** The layout of one Display as a button that opens the table of all layouts. */
export function LayoutPicker({ scene }: { scene: DisplayScene }) {
  const { t } = useTexts();
  const { view } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const choose = (layout: Layout) => {
    setOpen(false);
    view.setLayout(scene, layout);
  };
  const label = t('console:display.layout', { number: scene.number });
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus returnFocus shadow="md">
      <Popover.Target>
        <UnstyledButton className={classes.open} aria-label={label} title={label} onClick={() => setOpen(!isOpen)}>
          <LayoutDrawing layout={scene.layout} />
          {scene.layout}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} role="group" aria-label={label}>
        {layouts.map((layout) => (
          <UnstyledButton
            key={layout}
            className={classes.layout}
            aria-pressed={scene.layout === layout}
            title={[
              t('console:display.cells', { count: cellCount(layout) }),
              ...(areNamesShown({ ...scene, layout }) ? [] : [t('wall:layout.numbersOnly')]),
            ].join(' · ')}
            onClick={() => choose(layout)}
          >
            <LayoutDrawing layout={layout} />
            {layout}
            {!areNamesShown({ ...scene, layout }) && <span aria-hidden="true"> №</span>}
          </UnstyledButton>
        ))}
        {layouts.some((layout) => !areNamesShown({ ...scene, layout })) && <p className={classes.note}>{t('wall:layout.numbersOnly')}</p>}
      </Popover.Dropdown>
    </Popover>
  );
}
