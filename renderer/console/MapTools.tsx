import { useStore } from 'zustand';
import { useTexts } from '../language/index.ts';
import { MapKey, mapTools, useMapDesk } from '../map/index.ts';
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
        <MapKey
          key={tool}
          words={t(`selection:tool.${tool}`)}
          hint={toolKeys[tool].toUpperCase()}
          isPressed={tool === active}
          onPress={() => startTool(desk, tool)}
        />
      ))}
    </div>
  );
}
