export { type FolderLock, lockFolder } from './folderLock.ts';
export { type JournalFile, openJournalFile } from './journalFile.ts';
export { readJsonFile, writeJsonFile } from './jsonFile.ts';
