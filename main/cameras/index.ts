export { createGlass, type Glass } from './glass.ts';
export { openView } from './openView.ts';
