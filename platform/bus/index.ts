export { type Bus, openBus } from './busServer.ts';
export type { DeskIdentity, DeskPorts } from './desk.ts';
export { readableFeeds, type Territories } from './readableFeeds.ts';
