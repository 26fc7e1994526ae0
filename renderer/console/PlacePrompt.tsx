import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import { parsePlace } from '../wall/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import classes from './PlacePrompt.module.css';
import { useMarkedCameras } from './useMarkedCameras.ts';
import { useSelectedCamera } from './useSelectedCamera.ts';

/** The keyboard's way to drag: type where the selected camera goes. Shown as a hint until it is used. */
export function PlacePrompt() {
  const { t, nameOf } = useTexts();
  const { view } = useConsole();
  const placing = useConsoleState((state) => state.placing);
  const wall = useRoom((room) => room.wall);
  const camera = useSelectedCamera();
  const marked = useMarkedCameras();
  if (placing === null || camera === null) {
    const hint = marked.length > 1 ? t('console:place.hintMany', { count: marked.length }) : t('console:place.hint');
    return <p className={classes.hint}>{hint}</p>;
  }
  const leave = () => {
    view.stopPlacing();
    document.getElementById('camera-tree')?.focus();
  };
  const submit = () => {
    const place = parsePlace(placing.typed, wall);
    if (place === null) return view.tell('noSuchPlace');
    view.drop(marked.length > 1 ? { kind: 'cameras', cameraIds: marked } : { kind: 'camera', cameraId: camera.id }, place);
    leave();
  };
  return (
    <div className={classes.prompt}>
      <label htmlFor="place-prompt" className={classes.label}>
        {marked.length > 1 ? t('console:place.promptMany', { count: marked.length }) : t('console:place.prompt', { name: nameOf(camera) })}
      </label>
      <input
        id="place-prompt"
        className={classes.input}
        value={placing.typed}
        placeholder="1.4"
        autoFocus
        autoComplete="off"
        onChange={(event) => view.typePlace(event.currentTarget.value)}
        onBlur={() => view.stopPlacing()}
        onKeyDown={({ key }) => {
          if (key === 'Enter') submit();
          if (key === 'Escape' || key === 'ArrowUp' || key === 'ArrowDown') leave();
        }}
      />
      <span className={classes.keys}>{t('console:place.keys')}</span>
    </div>
  );
}
