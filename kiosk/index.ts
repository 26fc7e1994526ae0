export type { KioskLog } from './log.ts';
export { type KioskShellOptions, openKioskShell, type OpenedShell, openTabShell } from './openShells.ts';
