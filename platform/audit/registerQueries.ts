import type { AuditPage, AuditQuery, FaultPage, FaultQuery, FaultRow, LookingPage, LookingQuery } from '#contract/audit/index.ts';
import { granted, type CameraId, type RegionId, type Result, refused } from '#contract/values/index.ts';
import type { FaultFilter, FaultsAsked, RecordStore, RegisterRows } from '../record/index.ts';
import type { Names } from './namedRows.ts';

/** One page as it is answered, or why the question cannot be. */
export type RegisterQueries = {
  looking(query: LookingQuery, asker: { territory: readonly RegionId[]; limit: number }): Promise<Result<LookingPage>>;
  audit(query: AuditQuery, limit: number): Promise<Result<AuditPage>>;
  /** `territory`: the regions that the asker may read; people are named to auditors only (`nameless` = not). */
  faults(
    query: FaultQuery,
    asker: { territory: readonly RegionId[]; limit: number; people: 'named' | 'nameless' },
  ): Promise<Result<FaultPage>>;
};

/** A text that fits more cameras than this is no filter. */
const mostCameras = 2_000;

/** Turns questions into the store's filters, and rows into pages with names. */
export function createRegisterQueries({ store, names }: { store: RecordStore; names: Names }): RegisterQueries {
  function camerasOf(text: string | undefined, within: readonly RegionId[]): Result<readonly CameraId[] | null> {
    if (text === undefined) return granted(null);
    const ids = names.camerasNamed({ text, within });
    return ids.length > mostCameras ? refused('audit.tooManyCameras', { field: 'camera', count: ids.length }) : granted(ids);
  }

  const spanOf = ({ fromMs, untilMs }: Pick<FaultQuery, 'fromMs' | 'untilMs'>) => ({ fromMs: fromMs ?? null, untilMs: untilMs ?? null });
  const belowOf = (regionId: RegionId | undefined) => (regionId === undefined ? null : [regionId]);
  const beforeOf = (cursor: string | undefined) => (cursor === undefined ? null : Number(cursor));

  return {
    async looking(query, { territory, limit }) {
      const cameraIds = camerasOf(query.camera, territory);
      if (!cameraIds.ok) return cameraIds;
      const filter = {
        ...spanOf(query),
        ...{ cameraIds: cameraIds.value, below: belowOf(query.regionId), standing: query.standing ?? null },
        ...{ personId: query.personId ?? null, purpose: query.purpose ?? null },
      };
      const found = await store.readLooking({ filter, beforeSeq: beforeOf(query.cursor), limit: limit + 1 });
      return granted({
        ...pageOf(found, limit),
        cameras: names.cameras(found.rows.map(({ cameraId }) => cameraId)),
        people: names.people(found.rows.flatMap(({ personId }) => personId ?? [])),
      });
    },
    async audit(query, limit) {
      const filter = { ...spanOf(query), personId: query.personId ?? null, types: query.types ?? null };
      const found = await store.readAudit({ filter, beforeSeq: beforeOf(query.cursor), limit: limit + 1 });
      const named = found.rows.flatMap(({ actor, subject }) => [personOf(actor), personOf(subject)]);
      return granted({ ...pageOf(found, limit), cameras: [], people: names.people(named) });
    },
    async faults(query, { territory, limit, people }) {
      const cameraIds = camerasOf(query.camera, territory);
      if (!cameraIds.ok) return cameraIds;
      const filter: FaultFilter = {
        ...spanOf(query),
        ...{ territory, cameraIds: cameraIds.value, below: belowOf(query.regionId), standing: query.standing ?? null },
        kind: query.kind ?? null,
      };
      const from = faultPlaceOf(query.cursor);
      const { rows, count } = await store.readFaults({ filter, from, limit: limit + 1 });
      const shown = rows.slice(0, limit);
      return granted({
        rows: shown.map(({ seq: _, ...row }) => row),
        count,
        nextCursor: rows.length > limit ? faultCursorAfter({ shown, from }) : null,
        cameras: names.cameras(shown.map(({ cameraId }) => cameraId)),
        people: people === 'nameless' ? [] : names.people(shown.flatMap((row) => [row.fromActor, row.wordActor ?? ''].map(personOf))),
      });
    },
  };
}

type FaultPlace = FaultsAsked['from'];

function faultPlaceOf(cursor: string | undefined): FaultPlace {
  const [atMs, skip] = (cursor ?? '').split('.').map(Number);
  return cursor === undefined || atMs === undefined || skip === undefined ? null : { atMs, skip };
}

function faultCursorAfter({ shown, from }: { shown: readonly FaultRow[]; from: FaultPlace }): string | null {
  const lastMs = shown.at(-1)?.fromMs;
  if (lastMs === undefined) return null;
  const told = shown.filter(({ fromMs }) => fromMs === lastMs).length;
  return `${lastMs}.${told + (from?.atMs === lastMs ? from.skip : 0)}`;
}

function personOf(name: string): string {
  return name.startsWith('person/') ? name.slice('person/'.length) : '';
}

/** One row more than was asked for says that there is a next page. */
function pageOf<Row extends { readonly seq: number }>({ rows, count }: RegisterRows<Row>, limit: number) {
  const shown = rows.slice(0, limit);
  return { rows: [...shown], count, nextCursor: rows.length > limit ? String(shown.at(-1)?.seq) : null };
}
