export { SessionEnd } from './accountFacts.ts';
export { type AuditFact, auditFacts, type AuditFactType, AuditState, emptyAudit, evolveAudit, RegisterName, ViewEnd } from './facts.ts';
export { toCsv } from './csv.ts';
export {
  AuditChoices,
  AuditPage,
  AuditQuery,
  FaultPage,
  FaultQuery,
  LookingPage,
  LookingQuery,
  NamedCamera,
  NamedPerson,
  RecordVerified,
  RegisterExport,
  registerLimits,
  type RegisterRefusalCode,
} from './registerPages.ts';
export { AuditRow, FaultKind, FaultRow, LookingRow } from './registers.ts';
export { SignedHeads, sealedText, signedHeadsLimits, signedText } from './signedHeads.ts';
export { evidenceFacts } from './evidenceFacts.ts';
export { followFacts } from './followFacts.ts';
export { LiftEnd, liftFacts } from './liftFacts.ts';
export { probeFacts } from './probeFacts.ts';
export { MoveEnd, SteeringEnd, steeringFacts } from './steeringFacts.ts';
