export type { Channel, Displays, OpenedWindow, OpenWindow, Power, Secrets, Shell, WindowGoneReason, Windows } from './ports.ts';
