export { createHlsPlayers } from './hls/hlsPlayer.ts';
export type { GrantProvider, Player, PlayerEvidence, PlayerFactory, PlayerKind, PlayerPhase, PlayerPorts, Players } from './player.ts';
export { createPushPlayers } from './push/pushPlayer.ts';
export { createPushTransport, type PushTransport } from './push/pushTransport.ts';
export { createRenewals, type Renewals } from './renewals.ts';
export { createConductor } from './step/conductor.ts';
export { createWhepPlayers } from './whep/whepPlayer.ts';
