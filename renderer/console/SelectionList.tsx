import { type DirectoryCopy } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { type MapThing, type SelectedKind, type SelectionContents, useMapDesk } from '../map/index.ts';
import { CameraLine } from './CameraLine.tsx';
import classes from './SelectionPanel.module.css';
import { useDragSource } from './useDragSource.ts';
import { useMapWords } from './useMapWords.ts';

type Props = { readonly kind: SelectedKind; readonly contents: SelectionContents; readonly directory: DirectoryCopy };

// More are found by a smaller area.
const listedAtMost = 200;

/** The things behind a count; a click goes there. */
export function SelectionList({ kind, contents, directory }: Props) {
  const { t, number } = useTexts();
  const things = thingsOf(kind, contents);
  return (
    <div className={classes.list} role="group" aria-label={t(`selection:kind.${kind}`)} data-list={kind}>
      {things.slice(0, listedAtMost).map((thing) => (
        <ListedThing key={JSON.stringify(thing)} thing={thing} directory={directory} />
      ))}
      {things.length > listedAtMost && (
        <p className={classes.soft}>{t('selection:more', { count: number(things.length - listedAtMost) })}</p>
      )}
    </div>
  );
}

function ListedThing({ thing, directory }: { thing: MapThing; directory: DirectoryCopy }) {
  const desk = useMapDesk();
  const { nameOfThing } = useMapWords();
  const ref = useDragSource<HTMLButtonElement>(thing);
  const camera = thing.kind === 'camera' ? directory.cameras.get(thing.cameraId) : undefined;
  return (
    <button ref={ref} type="button" className={classes.thing} onClick={() => desk.showThing(thing)}>
      {camera === undefined ? nameOfThing(thing) : <CameraLine camera={camera} />}
    </button>
  );
}

function thingsOf(kind: SelectedKind, contents: SelectionContents): readonly MapThing[] {
  switch (kind) {
    case 'cameras':
      return contents.cameras.map((cameraId) => ({ kind: 'camera', cameraId }));
    case 'responders':
      return contents.responders.map((index) => ({ kind: 'responder', index }));
    case 'centers':
      return contents.centers.map((centerId) => ({ kind: 'center', centerId }));
    case 'incidents':
      return contents.incidents.map((incidentId) => ({ kind: 'incident', incidentId }));
    case 'grids':
      return contents.grids.map((regionId) => ({ kind: 'region', regionId }));
  }
}
