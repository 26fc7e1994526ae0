/** The auditors' page: who looked at what, when and why. Served by the platform at /audit/. */
export { AuditPage } from './AuditPage.tsx';
export { createAuditDesk } from './auditDesk.ts';
export { createAuditPages } from './auditPages.ts';
