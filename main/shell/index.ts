export { type Announcer, createAnnouncer, createEnding } from './announcer.ts';
export { connectSources, contentSecurityPolicy, freshNonce, noncePlaceholder } from './contentSecurityPolicy.ts';
export { plainPageUrl } from './plainPage.ts';
export type { Channel, Displays, OpenedWindow, OpenWindow, Power, Secrets, Shell, WindowGoneReason, Windows } from './ports.ts';
export { openStaticPages, type StaticAnswer, type StaticPages } from './staticPages.ts';
export { createXrandrDisplays } from './xrandrDisplays.ts';
export { parseXrandr } from './xrandr.ts';
export { toPresentDisplays } from './presentDisplays.ts';
