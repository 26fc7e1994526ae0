import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AuditRow, FaultRow, LookingRow } from '#contract/audit/index.ts';
import {
  type AuditFilter,
  countLimit,
  type FaultFilter,
  type FaultsAsked,
  type LookingFilter,
  type PageAsked,
  type RegisterRows,
} from '../readModels/queries.ts';
import { camerasBelow } from './regionsBelow.ts';

/** A condition with its parameters; null = not asked for. */
type Condition = readonly [string, ...SQLInputValue[]] | null;

/** Pages of the registers, newest first. */
export function createRegisterPages(database: DatabaseSync) {
  function page<Row>({
    table,
    where,
    asked: { beforeSeq, limit },
    toRow,
  }: {
    table: 'looking_register' | 'audit_register';
    where: readonly Condition[];
    asked: PageAsked<unknown>;
    toRow: (row: Record<string, unknown>) => Row;
  }): RegisterRows<Row> {
    const all = allOf(where);
    const here = allOf([...where, beforeSeq === null ? null : ['seq < ?', beforeSeq]]);
    const rows = database.prepare(`SELECT * FROM ${table} WHERE ${here.sql} ORDER BY seq DESC LIMIT ?`).all(...here.given, limit);
    return { rows: rows.map(toRow), count: countOf(table, all) };
  }

  function faultPage({ filter, from, limit }: FaultsAsked): RegisterRows<FaultRow> {
    const where = faultConditions(filter);
    const here = allOf([...where, from === null ? null : ['from_ms <= ?', from.atMs]]);
    const sql = `SELECT * FROM fault_register WHERE ${here.sql} ORDER BY from_ms DESC, seq LIMIT ? OFFSET ?`;
    const rows = database.prepare(sql).all(...here.given, limit, from?.skip ?? 0);
    return { rows: rows.map(toFaultRow), count: countOf('fault_register', allOf(where)) };
  }

  function countOf(table: string, all: { sql: string; given: SQLInputValue[] }): number {
    const counted = database
      .prepare(`SELECT count(*) AS n FROM (SELECT 1 FROM ${table} WHERE ${all.sql} LIMIT ${countLimit})`)
      .get(...all.given);
    return Number(counted?.['n'] ?? 0);
  }

  return {
    readLooking: (asked: PageAsked<LookingFilter>) =>
      page({ table: 'looking_register', where: lookingConditions(asked.filter), asked, toRow: toLookingRow }),
    readAudit: (asked: PageAsked<AuditFilter>) =>
      page({ table: 'audit_register', where: auditConditions(asked.filter), asked, toRow: toAuditRow }),
    readFaults: faultPage,
  };
}

function allOf(conditions: readonly Condition[]): { sql: string; given: SQLInputValue[] } {
  const asked = conditions.filter((condition) => condition !== null);
  return {
    sql: ['1', ...asked.map(([sql]) => `(${sql})`)].join(' AND '),
    given: asked.flatMap(([, ...given]) => given),
  };
}

function lookingConditions({ personId, cameraIds, below, purpose, standing, fromMs, untilMs }: LookingFilter): readonly Condition[] {
  return [
    personId === null ? null : ['person_id = ?', personId],
    ...cameraConditions({ cameraIds, below }),
    purpose === null ? null : ['purpose = ?', purpose],
    standing === null ? null : [standing === 'open' ? 'ended_at_ms IS NULL' : 'ended_at_ms IS NOT NULL'],
    fromMs === null ? null : ['ended_at_ms IS NULL OR ended_at_ms >= ?', fromMs],
    untilMs === null ? null : ['opened_at_ms < ?', untilMs],
  ];
}

function auditConditions({ personId, types, fromMs, untilMs }: AuditFilter): readonly Condition[] {
  return [
    personId === null ? null : ['actor = ? OR subject = ?', `person/${personId}`, `person/${personId}`],
    types === null ? null : ['type IN (SELECT value FROM json_each(?))', JSON.stringify(types)],
    fromMs === null ? null : ['at_ms >= ?', fromMs],
    untilMs === null ? null : ['at_ms < ?', untilMs],
  ];
}

function faultConditions({ territory, cameraIds, below, kind, standing, fromMs, untilMs }: FaultFilter): readonly Condition[] {
  return [
    [`camera_id IN (${camerasBelow})`, JSON.stringify(territory)],
    ...cameraConditions({ cameraIds, below }),
    kind === null ? null : ['kind = ?', kind],
    standing === null ? null : [standing === 'open' ? 'until_ms IS NULL' : 'until_ms IS NOT NULL'],
    fromMs === null ? null : ['until_ms IS NULL OR until_ms >= ?', fromMs],
    untilMs === null ? null : ['from_ms < ?', untilMs],
  ];
}

function cameraConditions({ cameraIds, below }: Pick<FaultFilter, 'cameraIds' | 'below'>): readonly Condition[] {
  return [
    cameraIds === null ? null : ['camera_id IN (SELECT value FROM json_each(?))', JSON.stringify(cameraIds)],
    below === null ? null : [`camera_id IN (${camerasBelow})`, JSON.stringify(below)],
  ];
}

function toLookingRow(row: Record<string, unknown>): LookingRow {
  return {
    ...{ seq: row.seq, grantId: row.grant_id, cameraId: row.camera_id, quality: row.quality, tile: row.tile, deskId: row.desk_id },
    purpose: { kind: row.purpose, reference: row.reference },
    personId: row.person_id,
    openedAtMs: row.opened_at_ms,
    endedAtMs: row.ended_at_ms,
    end: row.ended_how,
  } as LookingRow;
}

function toAuditRow({ seq, type, at_ms: atMs, actor, subject, payload }: Record<string, unknown>): AuditRow {
  return { seq, type, atMs, actor, subject, payload } as AuditRow;
}

function toFaultRow(row: Record<string, unknown>): FaultRow {
  return {
    ...{ seq: row.seq, cameraId: row.camera_id, kind: row.kind, reason: row.reason, fromMs: row.from_ms, fromActor: row.from_actor },
    untilMs: row.until_ms,
    untilActor: row.until_actor,
    word: row.word,
    wordActor: row.word_actor,
  } as FaultRow;
}
