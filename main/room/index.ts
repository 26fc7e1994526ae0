export { createFollower, eventsFor, type Follower } from './follower.ts';
export { createRoomState, type RoomState } from './roomState.ts';
