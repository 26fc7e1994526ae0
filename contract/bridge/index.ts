export { Continuity, FeedPlace, HealedGap, maxHealedShown, WaitingCommand, WaitingCommands, WaitingReason } from './continuity.ts';
export { RoomEvent, type WindowMethods } from './events.ts';
export { BridgeOpened, BridgeOpening, handoverName } from './handover.ts';
export {
  bridgeLimits,
  type ConsoleMethods,
  type Hello,
  type MainMethods,
  type MethodAnswers,
  type MethodName,
  methodArguments,
  methodsOf,
  ViewRequest,
  type WallMethods,
} from './methods.ts';
export { Language, LinkStatus, LostCommand, PresentDisplay, Room, RoomWarning, WindowIdentity } from './room.ts';
export { PlatformTrust, ShownCertificate, TrustProblem } from './trust.ts';
