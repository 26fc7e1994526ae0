import { CameraClass, type MaskAreas, type StreamQuality } from '#contract/cameras/index.ts';
import type { RegionId, Result, UnitId } from '#contract/values/index.ts';
import type { SourceRow } from '../../record/index.ts';
import type { CameraColumn } from './columns.ts';
import { type CoordinateSystem, readCoordinateSystem, readPair } from './coordinates.ts';
import { readGbId, readNumber } from './identifiers.ts';
import { readMasks } from './maskText.ts';
import type { RegionIndex } from './regionIndex.ts';
import type { TableRow } from './table.ts';
import type { UnitIndex } from './unitIndex.ts';

/** A place as it stands in the file. */
export type RawPoint = {
  readonly pair: readonly [number, number];
  /** What the file says it is in, WGS-84 where it says nothing. */
  readonly claimed: CoordinateSystem;
  readonly isDeclared: boolean;
};

/**
 * One row's values, each read by itself. Undefined = the file has no such column, so what the directory holds stays; null = the column is
 * there and this row's value is empty.
 */
export type Readings = {
  readonly gbId: string | null;
  readonly number: string | null;
  readonly regionId: RegionId | null;
  readonly point: RawPoint | null | undefined;
  readonly sources: readonly Omit<SourceRow, 'cameraId'>[] | undefined;
  readonly azimuth: number | null | undefined;
  readonly fieldOfView: number | null | undefined;
  readonly range: number | null | undefined;
  readonly cameraClass: CameraClass | undefined;
  readonly masks: MaskAreas | null | undefined;
  readonly unitId: UnitId | null | undefined;
};

/** Tells what is wrong with a column's value; answers null, so that a reader can return it. */
export type Complain = (column: string, code: string, params?: Record<string, string | number>) => null;

/** Reads every column of a row; what is wrong is told, all of it. */
export function readColumns(
  row: TableRow,
  ports: { findRegion: RegionIndex; findUnit: UnitIndex; checkUrl: (url: string) => Result<unknown>; complain: Complain },
): Readings {
  const { findRegion, findUnit, checkUrl, complain } = ports;
  const read = <Value>(column: CameraColumn, result: Result<Value>): Value | null =>
    result.ok ? result.value : complain(column, result.refusal.code, { ...result.refusal.params });
  const region = row.value('region') ?? '';
  const unit = row.value('unit');
  const masks = row.value('masks');
  return {
    gbId: read('gbId', readGbId(row.value('gbId') ?? '')),
    number: read('number', readNumber(row.value('number') ?? '')),
    regionId: region === '' ? complain('region', 'directory.import.required') : read('region', findRegion(region)),
    point: readPoint(row, complain),
    sources: readSources(row, { checkUrl, complain }),
    azimuth: readMeasure({ row, column: 'azimuth', complain }),
    fieldOfView: readMeasure({ row, column: 'fieldOfView', complain }),
    range: readMeasure({ row, column: 'range', complain }),
    cameraClass: readClass(row, complain),
    masks: masks === undefined ? undefined : read('masks', readMasks(masks)),
    unitId: unit === undefined ? undefined : unit === '' ? null : read('unit', findUnit(unit)),
  };
}

/** Reads a row's place; undefined when the file has no columns for it. */
export function readPoint(row: TableRow, complain: Complain): RawPoint | null | undefined {
  const [lng, lat] = [row.value('longitude'), row.value('latitude')];
  if (lng === undefined && lat === undefined) return undefined;
  const pair = readPair(lng ?? '', lat ?? '');
  if (!pair.ok) return complain('longitude', pair.refusal.code);
  const crs = row.value('crs') ?? '';
  const claimed = crs === '' ? 'WGS84' : readCoordinateSystem(crs);
  if (claimed === null) return complain('crs', 'directory.import.unknownCrs');
  return pair.value === null ? null : { pair: pair.value, claimed, isDeclared: crs !== '' };
}

const urlColumns = [
  ['main', 'mainUrl'],
  ['sub', 'subUrl'],
] as const satisfies readonly (readonly [StreamQuality, CameraColumn])[];

function readSources(
  row: TableRow,
  { checkUrl, complain }: { checkUrl: (url: string) => Result<unknown>; complain: Complain },
): Readings['sources'] {
  if (urlColumns.every(([, column]) => row.value(column) === undefined)) return undefined;
  const transport = (row.value('transport') ?? '').toLowerCase() || 'tcp';
  if (transport !== 'tcp' && transport !== 'udp') {
    complain('transport', 'directory.import.unknownTransport');
    return [];
  }
  return urlColumns.flatMap(([quality, column]) => {
    const url = row.value(column) ?? '';
    if (url === '') return [];
    const checked = checkUrl(url);
    if (!checked.ok) complain(column, `directory.import.${checked.refusal.code.replace('cameras.', '')}`);
    return [{ quality, url, transport }];
  });
}

function readMeasure({ row, column, complain }: { row: TableRow; column: CameraColumn; complain: Complain }): number | null | undefined {
  const text = row.value(column);
  if (text === undefined) return undefined;
  if (text === '') return null;
  return /^\d{1,5}(\.\d{1,6})?$/.test(text) ? Number(text) : complain(column, 'directory.import.notANumber');
}

const classWords = new Map([
  ['普通', 'ordinary'],
  ['学校', 'school'],
  ['医疗', 'clinic'],
  ['医院', 'clinic'],
  ['住宅', 'homeFront'],
]);

function readClass(row: TableRow, complain: Complain): CameraClass | undefined {
  const text = row.value('cameraClass') ?? '';
  if (text === '') return undefined;
  const parsed = CameraClass.safeParse(classWords.get(text) ?? text);
  if (!parsed.success) complain('cameraClass', 'directory.import.unknownClass');
  return parsed.data;
}
