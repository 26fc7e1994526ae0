export { type Announcer, createAnnouncer, createEnding } from './announcer.ts';
export { connectSources, contentSecurityPolicy } from './contentSecurityPolicy.ts';
export { plainPageUrl } from './plainPage.ts';
export type { Channel, Displays, OpenedWindow, OpenWindow, Power, Secrets, Shell, WindowGoneReason, Windows } from './ports.ts';
export { openStaticPages, type StaticAnswer, type StaticPages } from './staticPages.ts';
export { createXrandrDisplays } from './xrandrDisplays.ts';
export { startHeartbeat } from './heartbeat.ts';
export { parseRoomOptions, type RoomOptions } from './roomOptions.ts';
export { asItIs, createFileSecrets } from './fileSecrets.ts';
