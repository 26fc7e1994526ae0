import { useStore } from 'zustand';
import { useTexts } from '../language/index.ts';
import { mapTools, useMapDesk } from '../map/index.ts';
import { startTool, toolKeys } from './mapKeys.ts';
import classes from './MapTools.module.css';

/** Tools to choose a part of the map with, and to measure, each with its key. */
export function MapTools() {
  const { t } = useTexts();
  const desk = useMapDesk();
  const active = useStore(desk.selection.store, ({ tool }) => tool);
  return (
    <div className={classes.tools} role="group" aria-label={t('selection:tools')}>
      {mapTools.map((tool) => (
        <button key={tool} type="button" className={classes.tool} aria-pressed={tool === active} onClick={() => startTool(desk, tool)}>
          {t(`selection:tool.${tool}`)} <kbd>{toolKeys[tool].toUpperCase()}</kbd>
        </button>
      ))}
    </div>
  );
}
