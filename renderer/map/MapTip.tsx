import { type CSSProperties, useEffect, useState } from 'react';
import type { DirectoryCopy } from '../directory/index.ts';
import { useTexts } from '../language/index.ts';
import { useRoom } from '../room/index.ts';
import type { MapThing } from './engine/index.ts';
import { useMapDesk, useMapState } from './MapContext.tsx';
import classes from './MapTip.module.css';
import { useThingWords } from './useThingWords.ts';

type Hovered = { readonly thing: MapThing; readonly place: CSSProperties };

/** The name of what is under the pointer; areas and groups say theirs when they are chosen. */
export function MapTip({ directory }: { directory: DirectoryCopy | null }) {
  const { t } = useTexts();
  const { nameOfThing } = useThingWords(directory);
  const incidents = useRoom((room) => room.incidents);
  const hovered = useHovered();
  if (hovered === null) return null;
  const { thing, place } = hovered;
  const incident = thing.kind === 'incident' ? incidents?.get(thing.incidentId) : undefined;
  return (
    <div className={classes.tip} style={place} role="tooltip" data-map-tip={thing.kind}>
      {incident === undefined ? (
        nameOfThing(thing)
      ) : (
        <>
          {t(`map:incidentKind.${incident.kind}`, { defaultValue: incident.kind })}{' '}
          <span className={classes.soft}>
            {t(`map:urgency.${incident.urgency}`)} · {incident.number}
          </span>
        </>
      )}
    </div>
  );
}

/** Looked for at most once a frame, and not while something is dragged. */
function useHovered(): Hovered | null {
  const desk = useMapDesk();
  const isOpen = useMapState((state) => state.engine === 'open');
  const [hovered, setHovered] = useState<Hovered | null>(null);
  useEffect(() => {
    const engine = desk.engine();
    const page = engine?.element.ownerDocument.defaultView;
    if (!isOpen || engine === null || page == null) return;
    let asked: number | null = null;
    let last: MouseEvent | null = null;
    const look = () => {
      asked = null;
      if (last === null || last.buttons !== 0) return setHovered(null);
      const box = engine.element.getBoundingClientRect();
      const point = { x: last.clientX - box.left, y: last.clientY - box.top };
      const thing = engine.thingAt(point);
      const isNamed = thing !== null && thing.kind !== 'group' && thing.kind !== 'region';
      // A component is drawn anew when another thing is under the pointer, not at each of its moves.
      setHovered((before) => (isNamed ? (isSame(before?.thing, thing) ? before : { thing, place: beside(point, box) }) : null));
    };
    const onMove = (event: MouseEvent) => {
      last = event;
      asked ??= page.requestAnimationFrame(look);
    };
    const onLeave = () => {
      last = null;
      setHovered(null);
    };
    engine.element.addEventListener('mousemove', onMove);
    engine.element.addEventListener('mouseleave', onLeave);
    const stopView = engine.onView(() => setHovered(null));
    return () => {
      engine.element.removeEventListener('mousemove', onMove);
      engine.element.removeEventListener('mouseleave', onLeave);
      if (asked !== null) page.cancelAnimationFrame(asked);
      stopView();
    };
  }, [desk, isOpen]);
  return hovered;
}

function isSame(a: MapThing | undefined, b: MapThing): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const gapPx = 14;

/** To the side on which there is room. */
function beside({ x, y }: { x: number; y: number }, { width }: { width: number }): CSSProperties {
  return x > width / 2 ? { right: width - x + gapPx, top: y + gapPx } : { left: x + gapPx, top: y + gapPx };
}
