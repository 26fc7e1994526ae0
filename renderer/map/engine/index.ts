/** The map of a window, without React: loaded only where a map is shown (`import()`). */
export type { AssignmentLine } from './assignments.ts';
export type { AreaLoad, AreaOutline, RefusedOutline } from './areas.ts';
export { cameraSeverities, type CameraSeverity, type PlacedCamera } from './cameraMarks.ts';
export { type MapColors, readColors } from './colors.ts';
export { createGovernor, fullDetail, type MapDetail, timeFrames } from './governor.ts';
export type { Label } from './labels.ts';
export { takeProtocol } from './mapCanvas.ts';
export { type MapEngine, type MapEngineOptions, type MapLayerName, openMapEngine } from './mapEngine.ts';
export type { Bounds, MapView } from './mapView.ts';
export type { MapPart } from './partCanvas.ts';
export type { PointMark } from './pointMarks.ts';
export type { HoveredCamera, MapThing } from './things.ts';
