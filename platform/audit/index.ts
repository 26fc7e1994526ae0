/** The looking register, log-ins on the record, signed heads, and the check of a whole record (`npm run verify-audit`). */
export { type AskedRegister, createAskedRegister } from './askedRegister.ts';
export { createPassingAuditKeys, openAuditKeys } from './auditKeys.ts';
export { createHeadFiles, forgottenHeadLists } from './headFiles.ts';
export { isEndOnly } from './isEnd.ts';
export { leaveRestoredNote, restoredNoteOf } from './restoredNote.ts';
export type { SignFor, SignHeads } from './headSigner.ts';
export { type Audit, type AuditPorts, type CommandTurnedAway, openAudit } from './openAudit.ts';
export { createNames } from './namedRows.ts';
export { createRegisterQueries } from './registerQueries.ts';
export { registerAnswers } from './registerRoutes.ts';
export type { Finding } from './verify.ts';
export { type FolderVerified, verifyFolder } from './verifyFolder.ts';
export { createVerifyThread } from './verifyThread.ts';
