import type { AuditRow, FaultRow, LookingRow } from '#contract/audit/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { DirectoryRow } from '../store.ts';
import type { ReadModelChange, RegisterChange } from './changes.ts';
import { createMemoryLoads } from './memoryLoads.ts';
import { findInMemory, type MemoryDocuments } from './memorySearch.ts';
import {
  type AuditFilter,
  countLimit,
  type FaultFilter,
  type FaultsAsked,
  type LookingFilter,
  type PageAsked,
  type RegisterRows,
  type Span,
} from './queries.ts';
import type { SearchAsked } from './search.ts';

/** The read models of the in-memory store: plain rows, every question a walk over them. `rows` are the directory's, as they are now. */
export function createMemoryReadModels(rows: () => ReadonlyMap<string, DirectoryRow>) {
  let looking: LookingRow[] = [];
  let audit: AuditRow[] = [];
  let faults: FaultRow[] = [];
  let documents: MemoryDocuments = new Map();
  let version: string | null = null;

  function apply(change: RegisterChange): void {
    switch (change.kind) {
      case 'viewOpened':
        looking.push(change.row);
        return;
      case 'viewEnded': {
        const at = looking.findIndex(({ grantId, endedAtMs }) => grantId === change.grantId && endedAtMs === null);
        looking = looking.map((row, index) => (index === at ? { ...row, endedAtMs: change.atMs, end: change.end } : row));
        return;
      }
      case 'viewsLost':
        looking = looking.map((row) => (row.endedAtMs === null ? { ...row, endedAtMs: change.atMs, end: 'platformEnded' } : row));
        return;
      case 'noted':
        audit.push(change.row);
        return;
      case 'faultBegan':
        faults.push(change.row);
        return;
      case 'faultEnded': {
        const ends = (row: FaultRow) => row.cameraId === change.cameraId && row.kind === change.of && row.untilMs === null;
        faults = faults.map((row) => (ends(row) ? { ...row, untilMs: change.atMs, untilActor: change.actor } : row));
        return;
      }
      case 'unmovingJudged': {
        const { cameraId, word, actor } = change;
        const isMeant = (row: FaultRow) => row.cameraId === cameraId && row.kind === 'unmoving' && row.untilMs === null;
        faults = faults.map((row) => (isMeant(row) ? { ...row, word, wordActor: actor } : row));
        return;
      }
      case 'incidentReported':
        loads.reported(change);
        return;
      case 'incidentClosed':
        loads.closed(change);
    }
  }

  const bodyOf = (kind: string, id: string) => {
    const body = rows().get(`${kind}/${id}`)?.body;
    return body === undefined ? null : (JSON.parse(body) as { regionId?: RegionId; parentId?: RegionId | null });
  };
  function isBelow(regionId: RegionId | null | undefined, roots: readonly RegionId[]): boolean {
    const passed = new Set<RegionId>();
    for (let at = regionId ?? null; at !== null && !passed.has(at); at = bodyOf('regions', at)?.parentId ?? null) {
      if (roots.includes(at)) return true;
      passed.add(at);
    }
    return false;
  }
  const loads = createMemoryLoads(isBelow);
  const isCameraBelow = (cameraId: CameraId, roots: readonly RegionId[]) => isBelow(bodyOf('cameras', cameraId)?.regionId, roots);
  const hasCamera = (cameraId: CameraId, { cameraIds, below }: Pick<FaultFilter, 'cameraIds' | 'below'>) =>
    (cameraIds === null || cameraIds.includes(cameraId)) && (below === null || isCameraBelow(cameraId, below));

  return {
    change({ registers, documents: found }: ReadModelChange): void {
      registers.forEach(apply);
      for (const document of found) documents.set(`${document.kind}/${document.ref}`, document);
    },
    readLooking: ({ filter, ...page }: PageAsked<LookingFilter>) =>
      pageOf(
        looking.filter(
          ({ personId, cameraId, purpose, openedAtMs, endedAtMs }) =>
            (filter.personId === null || filter.personId === personId) &&
            (filter.purpose === null || filter.purpose === purpose.kind) &&
            isStanding(filter.standing, endedAtMs) &&
            isWithin(filter, { fromMs: openedAtMs, untilMs: endedAtMs }) &&
            hasCamera(cameraId, filter),
        ),
        page,
      ),
    readAudit: ({ filter: { personId, types, ...span }, ...page }: PageAsked<AuditFilter>) =>
      pageOf(
        audit.filter(
          ({ actor, subject, type, atMs }) =>
            (personId === null || [actor as string, subject].includes(`person/${personId}`)) &&
            (types === null || types.includes(type)) &&
            isWithin(span, { fromMs: atMs, untilMs: atMs }),
        ),
        page,
      ),
    readFaults: ({ filter, ...page }: FaultsAsked) =>
      faultPageOf(
        faults.filter(
          (row) =>
            isCameraBelow(row.cameraId, filter.territory) &&
            (filter.kind === null || filter.kind === row.kind) &&
            isStanding(filter.standing, row.untilMs) &&
            isWithin(filter, row) &&
            hasCamera(row.cameraId, filter),
        ),
        page,
      ),
    firstReportAtMs: loads.firstReportAtMs,
    readLoads: loads.readLoads,
    search: (asked: SearchAsked) => findInMemory({ asked, documents, faults, isBelow, isCameraBelow }),
    readModelVersion: () => version,
    dropReadModels(): void {
      [looking, audit, faults, documents, version] = [[], [], [], new Map(), null];
      loads.drop();
    },
    keepReadModels: (kept: string) => void (version = kept),
  };
}

function isStanding(asked: 'open' | 'ended' | null, untilMs: number | null): boolean {
  return asked === null || (asked === 'open') === (untilMs === null);
}

function isWithin({ fromMs, untilMs }: Span, row: { readonly fromMs: number; readonly untilMs: number | null }): boolean {
  return (fromMs === null || row.untilMs === null || row.untilMs >= fromMs) && (untilMs === null || row.fromMs < untilMs);
}

function pageOf<Row extends { readonly seq: number }>(
  matching: readonly Row[],
  { beforeSeq, limit }: { beforeSeq: number | null; limit: number },
): RegisterRows<Row> {
  const newest = matching.toSorted((a, b) => b.seq - a.seq).filter(({ seq }) => beforeSeq === null || seq < beforeSeq);
  return { rows: newest.slice(0, limit), count: Math.min(matching.length, countLimit) };
}

function faultPageOf(matching: readonly FaultRow[], { from, limit }: Omit<FaultsAsked, 'filter'>): RegisterRows<FaultRow> {
  const inOrder = matching.toSorted((a, b) => b.fromMs - a.fromMs || a.seq - b.seq);
  const asked = from === null ? inOrder : inOrder.filter(({ fromMs }) => fromMs <= from.atMs).slice(from.skip);
  return { rows: asked.slice(0, limit), count: Math.min(matching.length, countLimit) };
}
