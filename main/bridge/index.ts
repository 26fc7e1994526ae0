export { type BridgeWindow, serveWindow, type WindowAnswers } from './serveWindow.ts';
