import { useEffect, useState } from 'react';
import { type HoveredCamera, useMapDesk, useMapState } from '../map/index.ts';
import classes from './MapCameraHandle.module.css';
import { useDragSource } from './useDragSource.ts';

/** Lies over the camera under the pointer, so that it can be carried from the map to the Wall like one of a list. */
export function MapCameraHandle() {
  const desk = useMapDesk();
  const isOpen = useMapState((state) => state.engine === 'open');
  const [handle, setHandle] = useState<HoveredCamera | null>(null);
  const ref = useDragSource<HTMLDivElement>(handle === null ? null : { kind: 'camera', cameraId: handle.cameraId });
  useEffect(() => {
    const engine = desk.engine();
    if (!isOpen || engine === null) return;
    // A component is drawn anew when another camera is under the pointer, not at each of its moves.
    const stopHover = engine.onHover((next) => setHandle((before) => (before?.cameraId === next?.cameraId ? before : next)));
    const stopView = engine.onView(() => setHandle(null));
    return () => {
      stopHover();
      stopView();
    };
  }, [desk, isOpen]);
  if (handle === null) return null;
  const { cameraId, x, y } = handle;
  return (
    <div
      ref={ref}
      className={classes.handle}
      style={{ left: x, top: y }}
      data-map-camera={cameraId}
      data-from-map=""
      onPointerLeave={() => setHandle(null)}
      onClick={() => desk.choose({ kind: 'camera', cameraId })}
    />
  );
}
