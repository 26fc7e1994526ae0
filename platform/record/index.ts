export { createLastingFile, createPassingList, type LastingList } from './lastingFile.ts';
export { deskShipment } from './deskShipment.ts';
export { type Feeds, openFeeds, type RecordView } from './feeds.ts';
export { createMemoryStore } from './memoryStore.ts';
export { createDiskReserve, type DiskReserve } from './diskReserve.ts';
export { beginEpoch } from './newEpoch.ts';
export type { AuditFilter, FaultFilter, FaultsAsked, LookingFilter, PageAsked, RegisterRows } from './readModels/queries.ts';
export { readModelsOf, rebuildReadModels } from './readModels/rebuild.ts';
export type { SearchDocument, SearchFound, SearchScope } from './readModels/search.ts';
export { endsOf, termsOf, tokensOf } from './readModels/tokens.ts';
export {
  createErasureFile,
  createPassingErasures,
  createPassingParticularsKeys,
  type ErasureList,
  erasureListName,
  openParticulars,
  openParticularsKeys,
  type Particulars,
  type ParticularsPorts,
} from './particulars/index.ts';
export type { ReceiptKey } from './receipts.ts';
export { reservingStore } from './reservingStore.ts';
export { createStandingFile, disabledIn, keepStandings, type StandingList, standingListName } from './standings.ts';
export { sha256 } from './sha256.ts';
export { startHousekeeping } from './housekeeping.ts';
export { openSnapshots } from './snapshots.ts';
export { type EpochStartRow, openRecordRows, type PlacedRow, type RecordRows } from './sqlite/recordRows.ts';
export { openSqliteStore } from './sqlite/sqliteStore.ts';
export type {
  AccessChange,
  Batch,
  DeskSettled,
  DirectoryChange,
  DirectoryRow,
  IndexedFact,
  Receipt,
  RecordStore,
  SourceRow,
  StoredCounty,
  StoredDevice,
  StoredPerson,
  StoredSession,
} from './store.ts';
export { type Decided, type FactDraft, type Outcome, openWriter, type Undertaking, type Writer } from './writer.ts';
export { verifyChains } from './verifyChains.ts';
