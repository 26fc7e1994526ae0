/** The looking register, log-ins on the record, signed heads, and the check of a whole record (`npm run verify-audit`). */
export { createPassingAuditKeys, openAuditKeys } from './auditKeys.ts';
export { createHeadFiles, forgottenHeadLists } from './headFiles.ts';
export type { SignFor, SignHeads } from './headSigner.ts';
export { type AuditPorts, openAudit } from './openAudit.ts';
export type { Finding } from './verify.ts';
export { type FolderVerified, verifyFolder } from './verifyFolder.ts';
