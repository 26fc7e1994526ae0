import { useStore } from 'zustand';
import type { DirectoryCopy } from '../../directory/index.ts';
import { useTexts } from '../../language/index.ts';
import { useMapDesk } from '../MapContext.tsx';
import { useThingWords } from '../useThingWords.ts';
import { selectedKinds } from './contentsOf.ts';
import classes from './TileSelection.module.css';

/** On a wall: what part of the map the console has chosen, and how much of each kind lies in it now. Nobody is named there. */
export function TileSelection({ directory }: { directory: DirectoryCopy | null }) {
  const { t, number } = useTexts();
  const desk = useMapDesk();
  const { area, contents } = useStore(desk.selection.store);
  const { areaTitle } = useThingWords(directory);
  if (area === null) return null;
  return (
    <div className={classes.selection} data-tile-selection={area.kind}>
      <strong>{areaTitle(area)}</strong>
      {contents !== null &&
        selectedKinds
          .filter((kind) => contents[kind].length > 0)
          .map((kind) => (
            <span key={kind} className={classes.count} data-count={kind}>
              <strong>{number(contents[kind].length)}</strong> {t(`selection:kind.${kind}`)}
            </span>
          ))}
    </div>
  );
}
