export { RoomProvider, usePlatformTime, useRoom, useRoomAccess } from './RoomContext.tsx';
export { type CommandSettled, type MessageOf, openRoom, type RoomAccess, type RoomStore } from './room.ts';
export type { RoomState } from './roomState.ts';
export { systemPorts } from './systemPorts.ts';
export { startTicker, type Ticker } from './ticker.ts';
