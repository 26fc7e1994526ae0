export { createRoomWindows, type RoomWindows } from './roomWindows.ts';
export { createSilenceWatch } from './silenceWatch.ts';
