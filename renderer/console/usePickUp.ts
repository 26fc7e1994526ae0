import { useMapDesk } from '../map/index.ts';
import { camerasFor } from './camerasFor.ts';
import { useConsole } from './ConsoleContext.tsx';
import { wallFocusId } from './keys.ts';

/** Picks up the pictures of what is chosen on the map and goes to the small wall, where Enter puts them down: the drag of its card by keys. */
export function usePickUp(): () => void {
  const desk = useMapDesk();
  const { view, directory } = useConsole();
  return () => {
    const { chosen } = desk.store.getState();
    const cameraIds = chosen === null ? [] : camerasFor(chosen, { ...desk, directory: directory.getState() });
    if (cameraIds.length === 0) return view.tell('nothingToShow');
    view.pickUp({ kind: 'cameras', cameraIds });
    document.getElementById(wallFocusId)?.focus();
  };
}
