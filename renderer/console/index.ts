export { ConsoleProvider, type ConsoleServices } from './ConsoleContext.tsx';
export { ConsoleRoot } from './ConsoleRoot.tsx';
export { ConsoleWindow } from './ConsoleWindow.tsx';
export { createConsoleView } from './consoleView.ts';
export { TrustPanel } from './TrustPanel.tsx';
