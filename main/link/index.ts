export { createOutboxJournal } from './outboxJournal.ts';
export { createPlatformHttp, type PlatformHttp } from './platformHttp.ts';
export { createSocketTransport } from './socketTransport.ts';
