import { type PointerEvent, useEffect, useRef, type WheelEvent } from 'react';
import { useStore } from 'zustand';
import { groundDistanceM } from '#contract/map/index.ts';
import type { LngLat } from '#contract/values/index.ts';
import { useMapDesk, useMapState } from '../MapContext.tsx';
import { drawSketch } from './drawSketch.ts';
import classes from './SelectionSketch.module.css';

/** The chosen area over the map; while a tool is in hand it takes the pointer, so that the map stays where it is. */
export function SelectionSketch() {
  const desk = useMapDesk();
  const isOpen = useMapState((state) => state.engine === 'open');
  const tool = useStore(desk.selection.store, (state) => state.tool);
  const [area, line, middle] = [useRef<SVGPathElement>(null), useRef<SVGPathElement>(null), useRef<SVGPathElement>(null)];
  useEffect(() => {
    const engine = desk.engine();
    if (!isOpen || engine === null) return;
    // Written into the elements themselves: a moving map draws no component.
    const draw = () => {
      if (area.current === null || line.current === null || middle.current === null) return;
      const elements = { area: area.current, line: line.current, middle: middle.current };
      drawSketch({ state: desk.selection.store.getState(), elements, engine, ringsOf: desk.ringsOf });
    };
    draw();
    const stops = [engine.onView(draw), desk.selection.store.subscribe(draw)];
    return () => stops.forEach((stop) => stop());
  }, [desk, isOpen, area, line, middle]);
  const hand = useHand();
  return (
    <div className={classes.ground} data-tool={tool ?? 'none'} {...(tool === null ? {} : hand)}>
      <svg className={classes.sketch} aria-hidden="true">
        <path ref={area} className={classes.area} data-selection-outline="" />
        <path ref={line} className={classes.line} />
        <path ref={middle} className={classes.middle} />
      </svg>
    </div>
  );
}

// A hand that shakes has not dragged.
const slipPx = 4;

/** What the pointer does with the tool in hand. */
function useHand() {
  const desk = useMapDesk();
  const down = useRef<{ readonly x: number; readonly y: number; readonly at: LngLat; isDragged: boolean } | null>(null);
  const { selection } = desk;
  const pointOf = (event: PointerEvent<HTMLElement> | WheelEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const placeAt = (point: { x: number; y: number }): LngLat | null => desk.engine()?.placeAt(point) ?? null;
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const point = pointOf(event);
      const at = placeAt(point);
      if (event.button !== 0 || at === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      down.current = { ...point, at, isDragged: false };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = down.current;
      const point = pointOf(event);
      const at = placeAt(point);
      if (held === null || at === null) return;
      const isFirst = !held.isDragged;
      held.isDragged ||= Math.hypot(point.x - held.x, point.y - held.y) > slipPx;
      if (!held.isDragged) return;
      const { tool } = selection.store.getState();
      if (tool === 'circle') selection.drawCircle({ at: held.at, radiusM: groundDistanceM(held.at, at) });
      if (tool !== 'lasso') return;
      if (isFirst) selection.beginLine(held.at);
      selection.addPlace(at);
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const held = down.current;
      down.current = null;
      if (held === null) return;
      const { tool } = selection.store.getState();
      if (held.isDragged) {
        if (tool === 'circle' || tool === 'lasso') selection.finish();
        return;
      }
      if (tool === 'circle') selection.moveCircle(held.at);
      if (tool === 'lasso' || tool === 'measure') selection.addPlace(held.at);
      if (tool === 'territory') chooseTerritory(desk, pointOf(event));
    },
    onPointerCancel: () => {
      down.current = null;
    },
    onDoubleClick: () => selection.finish(),
    onWheel: (event: WheelEvent<HTMLElement>) => selection.resize(event.deltaY < 0 ? 'wider' : 'narrower'),
  };
}

/** The region of whatever is under the pointer: an area itself, or the one that a thing lies in. */
function chooseTerritory(desk: ReturnType<typeof useMapDesk>, point: { x: number; y: number }): void {
  const thing = desk.engine()?.thingAt(point) ?? null;
  const regionId = thing === null ? null : desk.regionOf(thing);
  if (regionId !== null) desk.selection.choose({ kind: 'region', regionId }, { kind: 'region', regionId });
}
