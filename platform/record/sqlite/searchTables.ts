import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { SearchAsked, SearchDocument, SearchFound, SearchScope, SearchTerm } from '../readModels/search.ts';
import { regionsBelow } from './regionsBelow.ts';

/**
 * Documents and their tokens in FTS5. Every token of a question is put in quotes by `toMatch` and holds letters and digits only, so nothing
 * that somebody types is an operator.
 */
export function createSearchTables(database: DatabaseSync) {
  const known = database.prepare('SELECT doc FROM search_documents WHERE kind = ? AND ref = ?');
  const write = database.prepare(
    `INSERT INTO search_documents (kind, ref, region_id, camera_id, title) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (kind, ref) DO UPDATE SET region_id = excluded.region_id, camera_id = excluded.camera_id, title = excluded.title`,
  );
  const dropTokens = database.prepare('DELETE FROM search_tokens WHERE rowid = ?');
  const writeTokens = database.prepare('INSERT INTO search_tokens (rowid, pairs, characters, words) VALUES (?, ?, ?, ?)');
  const docOf = (kind: string, ref: string) => (known.get(kind, ref) as { doc: number } | undefined)?.doc;

  return {
    /** Writes inside the transaction that the caller opened. */
    keep({ kind, ref, regionId, cameraId, title, pairs, characters, words }: SearchDocument): void {
      const before = docOf(kind, ref);
      if (before !== undefined) dropTokens.run(before);
      const { lastInsertRowid } = write.run(kind, ref, regionId, cameraId, title);
      writeTokens.run(before ?? lastInsertRowid, pairs, characters, words);
    },
    drop: () => database.exec(`DELETE FROM search_documents; INSERT INTO search_tokens (search_tokens) VALUES ('delete-all');`),
    find({ terms, scopes, limit }: SearchAsked): readonly SearchFound[] {
      if (terms.length === 0 || scopes.length === 0) return [];
      const readable = scopes.map(toCondition);
      // That a camera has or had faults is found with the camera: they have no words of their own.
      const sql = `WITH hit AS (SELECT d.kind, d.ref, d.region_id, d.camera_id, d.title FROM search_tokens t
          JOIN search_documents d ON d.doc = t.rowid WHERE t.search_tokens MATCH ?),
        found AS (SELECT * FROM hit UNION ALL SELECT 'faults', hit.ref, NULL, hit.ref, hit.title FROM hit
          WHERE hit.kind = 'cameras' AND hit.ref IN (SELECT camera_id FROM fault_register)),
        ranked AS (SELECT kind, ref, camera_id, row_number() OVER (PARTITION BY kind ORDER BY length(title), title, length(ref) DESC, ref DESC) AS place
          FROM found WHERE ${readable.map(({ sql: one }) => one).join(' OR ')})
        SELECT kind, ref, camera_id AS cameraId FROM ranked ORDER BY place, kind LIMIT ?`;
      const given = readable.flatMap((condition) => condition.given);
      const rows = database.prepare(sql).all(toMatch(terms), ...given, limit) as unknown as readonly SearchFound[];
      // Plain objects: the driver's have no prototype.
      return rows.map(({ kind, ref, cameraId }) => ({ kind, ref, cameraId }));
    },
  };
}

/** Asked of what was hit only: where a thing is, or the camera that a register's row is about, looked up by its key. */
const regionOf = `coalesce(region_id, (SELECT json_extract(c.body, '$.regionId') FROM directory_rows c WHERE c.kind = 'cameras' AND c.id = camera_id))`;

function toCondition({ kinds, territory }: SearchScope): { sql: string; given: SQLInputValue[] } {
  const isKind = 'kind IN (SELECT value FROM json_each(?))';
  if (territory === null) return { sql: `(${isKind})`, given: [JSON.stringify(kinds)] };
  return { sql: `(${isKind} AND ${regionOf} IN (${regionsBelow}))`, given: [JSON.stringify(kinds), JSON.stringify(territory)] };
}

function toMatch(terms: readonly SearchTerm[]): string {
  return terms.map(matchOf).join(' AND ');
}

function matchOf(term: SearchTerm): string {
  switch (term.kind) {
    case 'pairs':
      return `pairs : "${term.tokens.map(plain).join(' ')}"`;
    case 'character':
      return `characters : "${plain(term.token)}"`;
    case 'begins':
      return `words : "${plain(term.token)}" *`;
  }
}

/** Tokens have no quotes by contract; a broken caller must not become an injection. */
function plain(token: string): string {
  return token.replaceAll('"', '');
}
