export { type FolderLock, lockFolder } from './folderLock.ts';
export type { FileFormat } from './fileFormat.ts';
export { type JournalFile, type JournalFormat, openJournalFile, sinceUnnamed } from './journalFile.ts';
export { readJsonFile, readVersionedJson, writeJsonFile } from './jsonFile.ts';
