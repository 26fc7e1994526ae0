export { judgeChain } from './judgeChain.ts';
export { openRoomTrust } from './openRoomTrust.ts';
export type { PlatformTrustStore, TrustedLine } from './platformTrust.ts';
