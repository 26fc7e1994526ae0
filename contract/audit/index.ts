export { type AuditFact, auditFacts, type AuditFactType, AuditState, emptyAudit, evolveAudit, ViewEnd } from './facts.ts';
export { SignedHeads, sealedText, signedHeadsLimits, signedText } from './signedHeads.ts';
