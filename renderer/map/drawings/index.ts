export { DrawingBar } from './DrawingBar.tsx';
export { onDrawingKey } from './drawingKeys.ts';
export { DrawingsLayer } from './DrawingsLayer.tsx';
export { createDrawingTools, type DrawingTools } from './drawingTools.ts';
