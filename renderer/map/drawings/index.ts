export { type AuthorNames, createAuthorNames } from './authorNames.ts';
export { DrawingBar } from './DrawingBar.tsx';
export { onDrawingKey } from './drawingKeys.ts';
export { DrawingsLayer } from './DrawingsLayer.tsx';
export { createRefusedDrawings, type RefusedDrawings } from './refusedDrawings.ts';
export { createDrawingTools, type DrawingTools } from './drawingTools.ts';
