export { agedReport, createGlass, type Glass, reportStaleMs } from './glass.ts';
export { openView } from './openView.ts';
