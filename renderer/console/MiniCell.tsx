import { type CSSProperties, type KeyboardEvent, useEffect, useRef } from 'react';
import { type DisplayScene, neighbourOf, type Tile } from '#contract/wall/index.ts';
import { cameraOf, noZoom, stateLook, zoomKey, zoomOf, zoomText } from '../cameras/index.ts';
import { useTexts } from '../language/index.ts';
import { Shape } from '../look/index.ts';
import { usePlatformTime, useRoom } from '../room/index.ts';
import { glassOf, type Place, placeName, Thumbnail, useTileKind } from '../wall/index.ts';
import { useConsole, useConsoleState } from './ConsoleContext.tsx';
import { makeDropPlace } from './dragging.ts';
import { type DropOutcome, dropOutcome } from './dropOutcome.ts';
import { wallFocusId } from './keys.ts';
import classes from './MiniDisplay.module.css';
import { PinKey, usePin } from './PinKey.tsx';
import { purposeWords } from './PurposePicker.tsx';
import { useDragSource } from './useDragSource.ts';
import { useMarkedCameras } from './useMarkedCameras.ts';
import { useSelectedCamera } from './useSelectedCamera.ts';

type Props = {
  readonly scene: DisplayScene;
  readonly cell: number;
  readonly area: CSSProperties;
  readonly isPresent: boolean;
  readonly isFirst: boolean;
};

const directions = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' } as const;

/** One cell of the mini wall: takes what is dropped or placed by key, and says beforehand what that will do. */
export function MiniCell({ scene, cell, area, isPresent, isFirst }: Props) {
  const { t } = useTexts();
  const { view } = useConsole();
  const tile = scene.tiles[cell] ?? null;
  const { displayKey } = scene;
  const place: Place = { displayKey, cell };
  const hint = useDropHint(place);
  const selected = useSelectedCamera();
  const pickedUp = useConsoleState((state) => state.pickedUp);
  const source = useDragSource<HTMLDivElement>(tile === null ? null : { kind: 'cell', from: place });
  useEffect(() => {
    if (source.current === null) return;
    const here = { displayKey, cell };
    return makeDropPlace(source.current, {
      place: here,
      onOver: (carried) => view.hover(carried, here),
      onDrop: (carried) => view.drop(carried, here),
    });
  }, [source, view, displayKey, cell]);
  const onKeyDown = useCellKeys({ scene, cell });
  const pin = usePin();
  const name = placeName({ number: scene.number, cell });
  const cameraId = cameraOf(tile);
  return (
    <div
      ref={source}
      id={isFirst ? wallFocusId : undefined}
      className={classes.cell}
      style={area}
      role="button"
      tabIndex={0}
      aria-label={t('console:cell.label', { place: name })}
      data-place={name}
      data-filled={tile !== null}
      data-camera={cameraId ?? undefined}
      data-selected={cameraId !== null && cameraId === selected?.id}
      data-picked={pickedUp?.kind === 'cell' && pickedUp.from.displayKey === displayKey && pickedUp.from.cell === cell}
      data-over={hint !== null}
      onClick={() => cameraId !== null && view.look(cameraId)}
      onFocus={() => pickedUp !== null && view.hover(pickedUp, place)}
      onBlur={() => pickedUp !== null && view.hover(null, place)}
      onKeyDown={(event) => (event.key === 'v' ? pin(tile, place) : onKeyDown(event))}
    >
      {hint !== null ? (
        <DropWords outcome={hint} place={name} />
      ) : tile === null ? (
        <EmptyWords place={name} />
      ) : (
        <TileState tile={tile} place={place} name={name} isPresent={isPresent} />
      )}
    </div>
  );
}

/** What a drag that is over some place would do to this cell; null when nothing is being dragged, or it leaves this one alone. */
function useDropHint({ displayKey, cell }: Place): DropOutcome | { readonly kind: 'filled' } | null {
  const wall = useRoom((room) => room.wall);
  const over = useConsoleState((state) => (state.over?.to.displayKey === displayKey ? state.over : null));
  if (over === null) return null;
  const outcome = dropOutcome({ wall, ...over });
  if (over.to.cell === cell) return outcome;
  return outcome.kind === 'fill' && outcome.placed.some((placed) => placed.cell === cell) ? { kind: 'filled' } : null;
}

function useCellKeys({ scene, cell }: { scene: DisplayScene; cell: number }) {
  const { view } = useConsole();
  const selected = useSelectedCamera();
  const marked = useMarkedCameras();
  const pickedUp = useConsoleState((state) => state.pickedUp);
  const place = { displayKey: scene.displayKey, cell };
  const held = useRef<HTMLElement | null>(null);
  return (event: KeyboardEvent<HTMLElement>) => {
    held.current = event.currentTarget;
    if (event.key in directions) {
      const next = neighbourOf({ layout: scene.layout, cell, direction: directions[event.key as keyof typeof directions] });
      event.preventDefault();
      if (next !== null) (held.current.parentElement?.children[next] as HTMLElement | undefined)?.focus();
      return;
    }
    switch (event.key) {
      case 'Enter':
        if (pickedUp !== null) return view.drop(pickedUp, place);
        if (marked.length > 1) return view.drop({ kind: 'cameras', cameraIds: marked }, place);
        if (selected !== null) view.drop({ kind: 'camera', cameraId: selected.id }, place);
        return;
      case '+':
      case '=':
      case '-':
      case '0': {
        const tile = scene.tiles[cell] ?? null;
        const next = zoomKey(zoomOf(tile) ?? noZoom, event.key);
        return next === null ? undefined : view.zoomTile(place, next);
      }
      case 'x':
        return view.pickUp(pickedUp === null ? { kind: 'cell', from: place } : null);
      case 'Delete':
      case 'Backspace':
        return view.clear(place);
    }
  };
}

function DropWords({ outcome, place }: { outcome: DropOutcome | { readonly kind: 'filled' }; place: string }) {
  const texts = useTexts();
  const { t } = texts;
  const purpose = useConsoleState((state) => state.purpose);
  // Patrol is the usual one and needs no word.
  const isForPurpose = purpose.kind !== 'patrol' && ['place', 'replace', 'fill'].includes(outcome.kind);
  const counts = outcome.kind === 'fill' ? { count: outcome.placed.length, replaced: outcome.replaced, left: outcome.left } : {};
  const left = outcome.kind === 'fill' && outcome.left > 0 ? t('console:drop.left', counts) : '';
  return (
    <>
      <span className={classes.place}>{place}</span>
      <span className={classes.outcome}>{t(`console:drop.${outcome.kind}`, counts)}</span>
      {left !== '' && <span className={classes.outcome}>{left}</span>}
      {isForPurpose && <span className={classes.outcome}>{purposeWords(texts, purpose)}</span>}
    </>
  );
}

function EmptyWords({ place }: { place: string }) {
  const { t } = useTexts();
  return (
    <>
      <span className={classes.place}>{place}</span>
      <span className={`${classes.bottom} ${classes.drop}`}>{t('console:cell.empty')}</span>
    </>
  );
}

/** Number, name, and what its window last proved; the age only when it is past the limit. */
function TileState({ tile, place, name, isPresent }: { tile: Tile; place: Place; name: string; isPresent: boolean }) {
  const { t, duration } = useTexts();
  const kind = useTileKind(tile);
  const glass = useRoom((room) => room.glass);
  const state = usePlatformTime((nowMs) => {
    const known = glassOf({ glass, ...place, nowMs });
    return known === 'unreported' ? 'unreported' : known.state;
  });
  const age = usePlatformTime((nowMs) => {
    const known = glassOf({ glass, ...place, nowMs });
    return known !== 'unreported' && (known.state === 'stale' || known.state === 'offline') ? duration(nowMs - known.sinceMs) : '';
  });
  const look = state === 'none' || state === 'unreported' ? null : stateLook[state];
  const stateWord = state === 'none' ? '' : t(state === 'unreported' ? 'console:wall.unreported' : `cameras:state.${state}`);
  const cameraId = cameraOf(tile);
  const zoom = zoomText(zoomOf(tile) ?? noZoom);
  return (
    <>
      {kind?.hasThumbnail === true && state !== 'refused' && (
        // A map proves nothing of now: its window drew it, and its age is told as a camera's is.
        <Thumbnail
          place={place}
          cameraId={cameraId}
          isProven={isPresent && (state === 'live' || state === 'unmoving' || (cameraId === null && state === 'none'))}
        />
      )}
      <span className={classes.top}>
        <span className={classes.place}>{name}</span>
        {zoom !== null && <span className={classes.age}>{zoom}</span>}
        {tile.kind === 'map' && <PinKey tile={tile} place={place} />}
        {age !== '' && <span className={classes.age}>{age}</span>}
        {isPresent && look !== null && (
          <span className={classes.state} data-tone={look.tone} data-state={state} title={stateWord}>
            <Shape name={look.shape} />
          </span>
        )}
      </span>
      <span className={classes.bottom}>
        <span className={classes.name}>{kind === undefined ? tile.kind : <kind.Summary tile={tile} />}</span>
      </span>
    </>
  );
}
