import { Camera, usualPlayers } from '#contract/cameras/index.ts';
import { CameraId, type CountyId, type RegionId, type Result } from '#contract/values/index.ts';
import { addressKind, playersOf } from '../../cameras/index.ts';
import { spellingOf } from '../demo/spelling.ts';
import type { Candidate } from './candidate.ts';
import type { CameraColumn } from './columns.ts';
import { toWgs84 } from './coordinates.ts';
import type { KnownCameras } from './knownCameras.ts';
import { type Complain, type Readings, readColumns } from './readings.ts';
import type { RegionIndex } from './regionIndex.ts';
import type { TableRow } from './table.ts';
import type { UnitIndex } from './unitIndex.ts';

/** What reading a row needs to know. */
export type RowContext = {
  readonly countyId: CountyId;
  readonly findRegion: RegionIndex;
  readonly findUnit: UnitIndex;
  readonly known: KnownCameras;
  readonly checkUrl: (url: string) => Result<unknown>;
};

/** Reads one row; null when something in it is refused. All problems of the row are told, not only the first. */
export function readCameraRow(row: TableRow, context: RowContext, tell: Complain): Candidate | null {
  const { known } = context;
  let isWhole = true;
  const complain: Complain = (column, code, params) => {
    isWhole = false;
    return tell(column, code, params);
  };
  const readings = readColumns(row, { ...context, complain });
  const { gbId, number, regionId } = readings;
  if (row.value('name') === '') complain('name', 'directory.import.required');
  if (!isWhole || regionId === null) return null;
  const id = CameraId.safeParse(row.value('id') ?? '').data ?? null;
  if (gbId === null && number === null && id === null) return complain('gbId', 'directory.import.noKey');
  const found = known.find({ id, gbId, number });
  if (!found.ok) return complain(gbId === null ? 'number' : 'gbId', found.refusal.code, { ...found.refusal.params });

  const parsed = Camera.safeParse(toCamera({ row, readings, regionId, id, existing: found.value, countyId: context.countyId }));
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      complain(columnOf(String(path[0])), 'directory.import.badValue', { reason: message });
    return null;
  }
  const camera = parsed.data;
  const sources = readings.sources?.map((source) => ({ ...source, cameraId: camera.id })) ?? null;
  // A national id is what a report names a camera by.
  const keys = [...(camera.gbId === null ? [] : [camera.gbId]), camera.number, camera.id];
  return { line: row.line, typed: { kind: 'cameras', row: camera }, sources, point: readings.point ?? null, keys };
}

/** The directory's row with what the file says put over it. */
function toCamera({
  row,
  readings,
  regionId,
  id,
  existing,
  countyId,
}: {
  row: TableRow;
  readings: Readings;
  regionId: RegionId;
  id: CameraId | null;
  existing: Camera | null;
  countyId: CountyId;
}): object {
  const { gbId, number, point, sources, azimuth, fieldOfView, range, cameraClass, masks, unitId } = readings;
  const name = row.value('name') ?? '';
  const kept = existing ?? blankCamera({ id, gbId, number });
  return {
    countyId,
    id: kept.id,
    number: number ?? kept.number,
    gbId: gbId ?? kept.gbId,
    name,
    nameEn: row.value('nameEn') || kept.nameEn || name,
    spelling: spellingOf(name),
    regionId,
    location: point == null ? stays(point, kept.location) : toWgs84(point.pair, point.claimed),
    azimuthDeg: stays(azimuth, kept.azimuthDeg),
    fieldOfViewDeg: stays(fieldOfView, kept.fieldOfViewDeg),
    rangeM: stays(range, kept.rangeM),
    cameraClass: cameraClass ?? kept.cameraClass,
    // Null, the column's empty cell, takes masks and unit away.
    masks: stays(masks, existing?.masks ?? null) ?? undefined,
    unitId: stays(unitId, existing?.unitId ?? null) ?? undefined,
    streams: sources?.map(({ quality }) => quality) ?? kept.streams,
    ...(sources === undefined ? keptPlaying(existing) : playing(sources)),
    maintainer: row.value('maintainer') ?? kept.maintainer,
    maintainerPhone: row.value('maintainerPhone') ?? kept.maintainerPhone,
  };
}

/** What addresses tell of how a camera is played and steered; nothing where it is as usual. */
function playing(sources: NonNullable<Readings['sources']>): Pick<Camera, 'players' | 'steering'> {
  const kinds = sources.map(({ quality, url }) => ({ quality, kind: addressKind(url) }));
  const unusual = kinds.flatMap(({ quality, kind }) => {
    const players = kind === null ? usualPlayers : playersOf(kind);
    return players.join() === usualPlayers.join() ? [] : [[quality, players] as const];
  });
  return {
    ...(unusual.length === 0 ? {} : { players: Object.fromEntries(unusual) }),
    ...(kinds.some(({ kind }) => kind === 'onvif') ? { steering: 'onvif' as const } : {}),
  };
}

function keptPlaying(existing: Camera | null): Pick<Camera, 'players' | 'steering'> {
  const { players, steering } = existing ?? {};
  return { ...(players === undefined ? {} : { players }), ...(steering === undefined ? {} : { steering }) };
}

/** A column that the file does not have leaves what is there. */
function stays<Value>(read: Value | undefined, kept: Value): Value {
  return read === undefined ? kept : read;
}

function blankCamera({ id, gbId, number }: { id: CameraId | null; gbId: string | null; number: string | null }) {
  const unknown = { location: null, azimuthDeg: null, fieldOfViewDeg: null, rangeM: null };
  const plain = { nameEn: '', cameraClass: 'ordinary', streams: [], maintainer: '', maintainerPhone: '' } as const;
  // Eight digits at the end tell network and serial: enough to be said over the phone.
  return { ...unknown, ...plain, id: id ?? idFor({ gbId, number }), number: (gbId ?? '').slice(-8), gbId };
}

/** Stable over imports and machines: from the national id, else from the short number. */
function idFor({ gbId, number }: { gbId: string | null; number: string | null }): CameraId {
  if (gbId !== null) return CameraId.parse(`gb-${gbId}`);
  const plain = number ?? '';
  const isPlain = /^[A-Za-z0-9._-]+$/.test(plain);
  return CameraId.parse(isPlain ? `no-${plain}` : `nx-${Buffer.from(plain).toString('base64url')}`.slice(0, 64));
}

const fieldColumns = new Map<string, CameraColumn>([
  ['azimuthDeg', 'azimuth'],
  ['fieldOfViewDeg', 'fieldOfView'],
  ['rangeM', 'range'],
  ['location', 'longitude'],
  ['unitId', 'unit'],
]);

function columnOf(field: string): CameraColumn {
  return fieldColumns.get(field) ?? (field as CameraColumn);
}
