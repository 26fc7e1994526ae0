import { type MouseEvent as ReactMouseEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { DrawingId, DrawingsState } from '#contract/map/index.ts';
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

type Hovered = { readonly id: DrawingId; readonly x: number; readonly y: number };

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
      return { id: own.at(point), point };
    };
    const onMove = (event: MouseEvent) => {
      const { id, point } = pointed(event);
      setHovered((before) => (id === null ? null : before?.id === id ? before : { id, ...point }));
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
function DrawingTip({ id, x, y }: Hovered) {
  const { t, time, duration } = useTexts();
  const drawing = useRoom((room) => room.drawings?.get(id));
  const person = useRoom((room) => room.person?.personId);
  const nowMs = usePlatformTime((now) => Math.floor(now / 60_000) * 60_000);
  if (drawing === undefined) return null;
  const name = drawing.authorId === person ? t('map:draw.mine') : t('map:draw.someone');
  return (
    <div className={classes.tip} style={{ left: x + 14, top: y + 14 }} role="tooltip">
      {drawing.text !== null && <strong>{drawing.text}</strong>}
      <span>{t('map:draw.by', { name, at: time(drawing.drawnAtMs, 'minutes') })}</span>
      <span className={classes.soft}>{t('map:draw.soonGone', { left: duration(Math.max(0, drawing.expiresAtMs - nowMs)) })}</span>
    </div>
  );
}
