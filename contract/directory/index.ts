export { ColumnProposal, ExportFolder, ExportRequest, ImportProblem, ImportReport, ImportRequest } from './import.ts';
export {
  DirectoryCounts,
  DirectoryImported,
  DirectoryKind,
  DirectoryPage,
  type DirectoryState,
  emptyDirectory,
  evolveDirectory,
} from './pages.ts';
export { Center, Region, RegionLevel, RegionPolygon, Responder, Spelling, Unit } from './schemas.ts';
