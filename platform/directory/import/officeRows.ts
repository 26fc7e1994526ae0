import { createHash } from 'node:crypto';
import { Center, type Region, Responder, Unit } from '#contract/directory/index.ts';
import { CenterId, type CountyId, type RegionId, ResponderId, type Result, UnitId } from '#contract/values/index.ts';
import { spellingOf } from '../demo/spelling.ts';
import type { Candidate } from './candidate.ts';
import { toWgs84 } from './coordinates.ts';
import { readNumber, readPhone } from './identifiers.ts';
import { type Complain, readPoint } from './readings.ts';
import type { RegionIndex } from './regionIndex.ts';
import type { TableRow } from './table.ts';

/** What the rows of centers, units and responders are read against. */
export type OfficeContext = {
  readonly countyId: CountyId;
  readonly findRegion: RegionIndex;
  readonly regionOf: (id: RegionId) => Region | undefined;
  readonly root: Region | undefined;
  readonly centers: readonly Center[];
  readonly units: readonly Unit[];
  readonly responders: readonly Responder[];
};

/** Reads one row; null when something in it is refused, all of which is told. */
export type ReadOfficeRow = (row: TableRow, complain: Complain) => Candidate | null;

/** The readers by kind. */
export function createOfficeReaders(context: OfficeContext): { readonly [Kind in 'centers' | 'units' | 'responders']: ReadOfficeRow } {
  const { countyId } = context;
  const byRegion = new Map(context.centers.map((center) => [center.regionId, center]));
  const centerById = new Map<string, Center>(context.centers.map((center) => [center.id, center]));
  const unitById = new Map<string, Unit>(context.units.map((unit) => [unit.id, unit]));
  const unitByName = new Map(context.units.map((unit) => [`${unit.regionId}/${unit.name}`, unit]));
  const responderById = new Map<string, Responder>(context.responders.map((responder) => [responder.id, responder]));
  let nextIndex = context.responders.reduce((most, { index }) => Math.max(most, index + 1), 0);

  return {
    centers(row, complain) {
      const region = regionIn({ row, context, complain });
      const point = readPoint(row, complain);
      const phones = readPhones({ row, columns: ['dutyPhone', 'leaderPhone', 'backupPhone'], complain });
      if (region === undefined || phones === null) return null;
      if (region.level === 'grid') return complain('region', 'directory.import.centerOfGrid');
      const kept = centerById.get(row.value('id') ?? '') ?? byRegion.get(region.id);
      const parsed = Center.safeParse({
        ...{ countyId, regionId: region.id, level: region.level, ...namesOf({ row, kept }) },
        id: kept?.id ?? idOf({ given: row.value('id'), otherwise: `ce-${region.id}`, schema: CenterId }),
        spelling: spellingOf(row.value('name') ?? ''),
        location: point == null ? (kept?.location ?? region.center) : toWgs84(point.pair, point.claimed),
        dutyPhone: phones.dutyPhone ?? kept?.dutyPhone ?? '',
        ...optional('leaderPhone', phones.leaderPhone ?? kept?.leaderPhone),
        ...optional('backupPhone', phones.backupPhone ?? kept?.backupPhone),
      });
      return accepted({
        row,
        parsed,
        complain,
        make: (center) => ({ typed: { kind: 'centers', row: center }, point: point ?? null, keys: [center.id] }),
      });
    },
    units(row, complain) {
      const region = row.value('region') ? regionIn({ row, context, complain }) : context.root;
      const phones = readPhones({ row, columns: ['dutyPhone'], complain });
      if (region === undefined || phones === null) return null;
      const name = row.value('name') ?? '';
      const kept = unitById.get(row.value('id') ?? '') ?? unitByName.get(`${region.id}/${name}`);
      const made = `un-${createHash('sha256').update(`${region.id}/${name}`).digest('hex').slice(0, 12)}`;
      const parsed = Unit.safeParse({
        ...{ countyId, regionId: region.id, ...namesOf({ row, kept }) },
        id: kept?.id ?? idOf({ given: row.value('id'), otherwise: made, schema: UnitId }),
        dutyPhone: phones.dutyPhone ?? kept?.dutyPhone ?? '',
      });
      return accepted({ row, parsed, complain, make: (unit) => ({ typed: { kind: 'units', row: unit }, point: null, keys: [unit.id] }) });
    },
    responders(row, complain) {
      const region = regionIn({ row, context, complain });
      const number = readNumber(row.value('number') ?? '');
      if (!number.ok) return complain('number', number.refusal.code, { ...number.refusal.params });
      if (number.value === null && !row.value('id')) return complain('number', 'directory.import.required');
      if (region === undefined) return null;
      const id = idOf({ given: row.value('id'), otherwise: numberedId(number.value ?? ''), schema: ResponderId });
      const kept = responderById.get(id);
      const kind = row.value('responderKind') ?? '';
      const parsed = Responder.safeParse({
        ...{ countyId, id, regionId: region.id, name: row.value('name') ?? '' },
        index: kept?.index ?? nextIndex,
        kind: kind === '' ? (kept?.kind ?? 'gridWorker') : (kindWords.get(kind) ?? kind),
      });
      if (parsed.success && kept === undefined) nextIndex += 1;
      return accepted({
        row,
        parsed,
        complain,
        make: (responder) => ({ typed: { kind: 'responders', row: responder }, point: null, keys: [responder.id] }),
      });
    },
  };
}

const kindWords = new Map([
  ['网格员', 'gridWorker'],
  ['辅助网格员', 'gridAssistant'],
  ['村干部', 'villageCadre'],
  ['楼栋长', 'buildingHead'],
  ['护林员', 'forestRanger'],
  ['巡河员', 'riverPatroller'],
  ['志愿者', 'volunteer'],
]);

function regionIn({ row, context, complain }: { row: TableRow; context: OfficeContext; complain: Complain }): Region | undefined {
  const text = row.value('region') ?? '';
  if (row.value('name') === '') complain('name', 'directory.import.required');
  if (text === '') return complain('region', 'directory.import.required') ?? undefined;
  const found = context.findRegion(text);
  if (found.ok) return row.value('name') === '' ? undefined : context.regionOf(found.value);
  return complain('region', found.refusal.code, { ...found.refusal.params }) ?? undefined;
}

function readPhones<Column extends string>({
  row,
  columns,
  complain,
}: {
  row: TableRow;
  columns: readonly Column[];
  complain: Complain;
}): Partial<Record<Column, string>> | null {
  const phones: Partial<Record<Column, string>> = {};
  let isWhole = true;
  for (const column of columns) {
    const text = row.value(column);
    const phone: Result<string> = readPhone(text ?? '');
    if (!phone.ok) {
      complain(column, phone.refusal.code, { ...phone.refusal.params });
      isWhole = false;
    } else if (text !== undefined) phones[column] = phone.value;
  }
  return isWhole ? phones : null;
}

function namesOf({ row, kept }: { row: TableRow; kept: { readonly nameEn: string } | undefined }) {
  const name = row.value('name') ?? '';
  return { name, nameEn: row.value('nameEn') || kept?.nameEn || name };
}

/** An id that an export wrote is kept; anything else gets one that the next import finds again. */
function idOf({
  given,
  otherwise,
  schema,
}: {
  given: string | undefined;
  otherwise: string;
  schema: typeof CenterId | typeof UnitId | typeof ResponderId;
}): string {
  const parsed = schema.safeParse(given ?? '');
  return parsed.success ? parsed.data : otherwise.slice(0, 64);
}

function numberedId(number: string): string {
  return /^[A-Za-z0-9._-]+$/.test(number) ? `rs-${number}` : `rx-${Buffer.from(number).toString('base64url')}`;
}

function optional(name: string, value: string | undefined) {
  return value === undefined || value === '' ? {} : { [name]: value };
}

function accepted<Row>({
  row,
  parsed,
  complain,
  make,
}: {
  row: TableRow;
  parsed:
    | { success: true; data: Row }
    | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
  complain: Complain;
  make: (row: Row) => Pick<Candidate, 'typed' | 'point' | 'keys'>;
}): Candidate | null {
  if (parsed.success) return { line: row.line, sources: null, ...make(parsed.data) };
  for (const { path, message } of parsed.error.issues) complain(String(path[0]), 'directory.import.badValue', { reason: message });
  return null;
}
