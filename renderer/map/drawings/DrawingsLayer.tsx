import { type CSSProperties, type MouseEvent as ReactMouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Drawing, DrawingId, DrawingsState } from '#contract/map/index.ts';
import { useTexts } from '../../language/index.ts';
import { usePlatformTime, useRoom } from '../../room/index.ts';
import { useMapDesk, useMapState } from '../MapContext.tsx';
import { createDrawingShapes, type DrawingShapes } from './drawingShapes.ts';
import classes from './DrawingsLayer.module.css';
import { shownDrawings } from './shownDrawings.ts';

const none: DrawingsState = new Map();

/** What is drawn on the map, over it; while a drawing tool is in hand it takes the pointer. */
export function DrawingsLayer() {
  const desk = useMapDesk();
  const isOpen = useMapState((state) => state.engine === 'open');
  const tool = useStore(desk.drawing.store, (state) => state.tool);
  const svg = useRef<SVGSVGElement>(null);
  const hovered = useShapes({ svg, isOpen });
  const addPoint = (event: ReactMouseEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = desk.engine()?.placeAt({ x: event.clientX - box.left, y: event.clientY - box.top });
    if (place !== undefined && event.detail < 2) desk.drawing.addPoint([place[0], place[1]]);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- Space and Enter of the map do the same
    <div
      className={classes.ground}
      data-tool={tool ?? 'none'}
      {...(tool === null ? {} : { onClick: addPoint, onDoubleClick: () => desk.drawing.finish() })}
    >
      <svg ref={svg} className={classes.shapes} aria-hidden="true" />
      {hovered !== null && <DrawingTip {...hovered} />}
    </div>
  );
}

type Hovered = { readonly id: DrawingId; readonly place: CSSProperties };

const besidePx = 14;

/** Beside the pointer, on the side where there is more room: no name is cut off by the map's edge. */
function besidePointer({ x, y }: { x: number; y: number }, { width, height }: { width: number; height: number }): CSSProperties {
  return {
    ...(x > width / 2 ? { right: width - x + besidePx } : { left: x + besidePx }),
    ...(y > height / 2 ? { bottom: height - y + besidePx } : { top: y + besidePx }),
  };
}

function useShapes({ svg, isOpen }: { svg: RefObject<SVGSVGElement | null>; isOpen: boolean }): Hovered | null {
  const desk = useMapDesk();
  const shapes = useRef<DrawingShapes | null>(null);
  const drawings = useRoom((room) => room.drawings) ?? none;
  const waiting = useRoom((room) => room.waiting.own);
  const nowMs = usePlatformTime((now) => Math.floor(now / 10_000) * 10_000);
  const draft = useStore(desk.drawing.store, (state) => state);
  const refused = useStore(desk.refusedDrawings.store);
  const [hovered, setHovered] = useState<Hovered | null>(null);
  useEffect(() => {
    const engine = desk.engine();
    if (!isOpen || engine === null || svg.current === null) return;
    const own = createDrawingShapes(svg.current);
    shapes.current = own;
    // Written into the elements themselves: a moving map draws no component.
    const stop = engine.onView(() => own.place(engine.pointOf));
    const pointed = (event: MouseEvent) => {
      const box = engine.element.getBoundingClientRect();
      const point = { x: event.clientX - box.left, y: event.clientY - box.top };
      return { id: own.at(point), place: besidePointer(point, box) };
    };
    const onMove = (event: MouseEvent) => {
      const { id, place } = pointed(event);
      setHovered((before) => (id === null ? null : before?.id === id ? before : { id, place }));
    };
    const onClick = (event: MouseEvent) => {
      if (desk.drawing.store.getState().isOpen) desk.drawing.select(pointed(event).id);
    };
    engine.element.addEventListener('mousemove', onMove);
    engine.element.addEventListener('click', onClick);
    return () => {
      stop();
      engine.element.removeEventListener('mousemove', onMove);
      engine.element.removeEventListener('click', onClick);
    };
  }, [desk, isOpen, svg, shapes]);
  useEffect(() => {
    const engine = desk.engine();
    if (!isOpen || engine === null) return;
    const { tool, points, words } = draft;
    const inHand = tool === null ? null : { kind: tool, points, text: words === '' ? null : words };
    shapes.current?.show(shownDrawings({ drawings, waiting, refused, draft: inHand, nowMs }));
    shapes.current?.place(engine.pointOf);
  }, [desk, isOpen, shapes, drawings, waiting, refused, draft, nowMs]);
  return hovered;
}

/** Who drew it and when, and how long it still stands. */
function DrawingTip({ id, place }: Hovered) {
  const { t, time, duration } = useTexts();
  const drawing = useRoom((room) => room.drawings?.get(id));
  const name = useAuthorWords(drawing?.authorId);
  const nowMs = usePlatformTime((now) => Math.floor(now / 60_000) * 60_000);
  if (drawing === undefined) return null;
  return (
    <div className={classes.tip} style={place} role="tooltip">
      {drawing.text !== null && <strong>{drawing.text}</strong>}
      <span>{t('map:draw.by', { name, at: time(drawing.drawnAtMs, 'minutes') })}</span>
      <span className={classes.soft}>{t('map:draw.soonGone', { left: duration(Math.max(0, drawing.expiresAtMs - nowMs)) })}</span>
    </div>
  );
}

/** Who drew it, in words: oneself, by name and role, or somebody as long as the name is not known. */
function useAuthorWords(authorId: Drawing['authorId'] | undefined): string {
  const { t } = useTexts();
  const { authorNames } = useMapDesk();
  const person = useRoom((room) => room.person?.personId);
  const author = useStore(authorNames.store, (known) => (authorId === undefined ? undefined : known.get(authorId)));
  useEffect(() => (authorId === undefined ? undefined : authorNames.look(authorId)), [authorNames, authorId, person]);
  if (authorId !== undefined && authorId === person) return t('map:draw.mine');
  if (author === undefined) return t('map:draw.someone');
  return t('map:draw.author', { name: author.name, roles: author.roles.map((role) => t(`access:role.${role}`)).join(' · ') });
}
