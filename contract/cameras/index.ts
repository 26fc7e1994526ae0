export {
  Camera,
  CameraClass,
  CameraPlayer,
  isMaskedByDefault,
  playersFor,
  StreamQuality,
  usualPlayers,
  type UsualView,
  usualView,
} from './camera.ts';
export { type ClockOffset, clockOffsetWindowMs, createClockOffset } from './clockOffset.ts';
export { codecName, type Grade, type Graded, gradeLimits, gradeOf, grades, type Remark, type RemarkCode } from './grade.ts';
export {
  AskProbe,
  CameraProbe,
  MeasuredStream,
  ProbedCameras,
  probeLimits,
  ProbeQuestion,
  type ProbeRefusalCode,
  ProbeRound,
  ProbeState,
  StreamPlay,
  StreamProbe,
} from './probe.ts';
export { decideProbed, decideProbesOutdated, isSameProbe } from './probeRules.ts';
export { DevicesFound, DiscoverRequest, FoundDevice } from './discovery.ts';
export { grantLifetimeMs, MediaGrant, OpenView, type OpenViewRefusalCode, OpenViews, Purpose, viewsAtOnce } from './grants.ts';
export {
  AnsweredLift,
  AnswerLift,
  type AskLift,
  LiftId,
  liftLimits,
  LiftMinutes,
  LiftQuestion,
  LiftReason,
  type LiftRefusalCode,
  LiftState,
  type WaitingLift,
  WaitingLifts,
} from './lift.ts';
export { type MaskArea, MaskAreas } from './masks.ts';
export {
  CameraHealth,
  type HealthRow,
  type HealthState,
  healthCounts,
  healthRows,
  healthStates,
  LiveSource,
} from './health.ts';
export { ptzLimits, PtzLease, type PtzMove, PtzPreset, PtzQuestion, type PtzRefusalCode, PtzStatus } from './ptz.ts';
export { PushNotice, PushRequest, ViewPriority } from './push.ts';
export { readPushNotice } from './pushNotice.ts';
export { decodePiece, encodePiece, type PushPiece, pieceHeaderBytes, pushCredit } from './pushPiece.ts';
export {
  CameraCommand,
  CameraCondition,
  CameraFault,
  type CameraFact,
  type CameraFactDraft,
  type CameraRefusalCode,
  type CameraClockChange,
  type CameraFlapChange,
  type CameraSourceChange,
  UnmovingWhy,
  UnmovingWord,
  type CamerasState,
  cameraFacts,
  decideCamera,
  decideMoves,
  decideSourceChange,
  evolveCameras,
  evolveCamerasAll,
} from './rules.ts';
export { readSourceHeader, sourceHeader, writeSourceHeader } from './sourceHeader.ts';
export { whepLimits } from './whep.ts';
export {
  hlsLimits,
  type PictureClock,
  pushLimits,
  type StaleReason,
  type TileEvidence,
  type TileLimits,
  type TileState,
  tileState,
  webrtcLimits,
} from './tileState.ts';
export { asksForWatermark } from './watermark.ts';
