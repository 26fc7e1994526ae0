export { decideDrawingCommand, type DrawingPlaces } from './decideDrawing.ts';
export { openPackShelves, type PackShelves, packShelfFolder } from './packShelf.ts';
export { putPack } from './putPack.ts';
export { mapAnswers } from './routes.ts';
