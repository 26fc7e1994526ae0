/**
 * Numbered forward migrations: position in the list = schema version it leads to. A released one is never edited; the file is copied
 * before each (openDatabase). STRICT tables refuse a wrong type instead of keeping it.
 */
export const migrations: readonly string[] = [
  `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

  CREATE TABLE facts (
    gid INTEGER PRIMARY KEY AUTOINCREMENT,
    county_id TEXT NOT NULL, type TEXT NOT NULL, v INTEGER NOT NULL, at_ms INTEGER NOT NULL, actor TEXT NOT NULL,
    command_id TEXT, subject TEXT NOT NULL, payload TEXT NOT NULL
  ) STRICT;
  CREATE TABLE feeds (feed TEXT NOT NULL, epoch TEXT NOT NULL, head_seq INTEGER NOT NULL, head_hash TEXT NOT NULL,
    PRIMARY KEY (feed, epoch)) STRICT, WITHOUT ROWID;
  CREATE TABLE feed_index (
    feed TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, prev_hash TEXT NOT NULL, hash TEXT NOT NULL,
    gid INTEGER NOT NULL REFERENCES facts (gid), PRIMARY KEY (feed, epoch, seq)) STRICT, WITHOUT ROWID;

  CREATE TABLE receipts (command_id TEXT PRIMARY KEY, body_hash TEXT NOT NULL, reply TEXT NOT NULL, at_ms INTEGER NOT NULL)
    STRICT, WITHOUT ROWID;
  CREATE INDEX receipts_by_time ON receipts (at_ms);
  CREATE TABLE desk_seq (desk_id TEXT PRIMARY KEY, command_seq INTEGER NOT NULL, shipped_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE directory_rows (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    since_revision INTEGER NOT NULL, UNIQUE (kind, id)) STRICT;
  CREATE TABLE directory_revisions (revision INTEGER PRIMARY KEY, content_hash TEXT NOT NULL) STRICT;
  CREATE TABLE camera_sources (camera_id TEXT NOT NULL, quality TEXT NOT NULL, url TEXT NOT NULL, transport TEXT NOT NULL,
    PRIMARY KEY (camera_id, quality)) STRICT, WITHOUT ROWID;

  CREATE TABLE people (person_id TEXT PRIMARY KEY, account TEXT NOT NULL UNIQUE, name TEXT NOT NULL, roles TEXT NOT NULL,
    territory TEXT NOT NULL, password_hash TEXT NOT NULL, is_disabled INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE sessions (token_hash TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES people (person_id),
    opened_at_ms INTEGER NOT NULL, expires_at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE devices (desk_id TEXT PRIMARY KEY, key_hash TEXT NOT NULL, territory TEXT NOT NULL, enrolled_by TEXT NOT NULL,
    enrolled_at_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  `,
  `ALTER TABLE directory_rows ADD COLUMN origin TEXT;`,
  `
  CREATE TABLE snapshots (feed TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, at_ms INTEGER NOT NULL,
    state TEXT NOT NULL, state_hash TEXT NOT NULL, PRIMARY KEY (feed, epoch, seq)) STRICT;
  CREATE TABLE epoch_starts (feed TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL,
    after_epoch TEXT NOT NULL, after_hash TEXT NOT NULL, PRIMARY KEY (feed, epoch)) STRICT, WITHOUT ROWID;
  `,
  `
  CREATE TABLE looking_register (seq INTEGER PRIMARY KEY, grant_id TEXT NOT NULL, camera_id TEXT NOT NULL, quality TEXT NOT NULL,
    purpose TEXT NOT NULL, reference TEXT, tile TEXT NOT NULL, desk_id TEXT NOT NULL, person_id TEXT, opened_at_ms INTEGER NOT NULL,
    ended_at_ms INTEGER, ended_how TEXT) STRICT;
  CREATE INDEX looking_open ON looking_register (grant_id, seq) WHERE ended_at_ms IS NULL;
  CREATE INDEX looking_by_camera ON looking_register (camera_id, seq);
  CREATE INDEX looking_by_person ON looking_register (person_id, seq);
  CREATE TABLE audit_register (seq INTEGER PRIMARY KEY, type TEXT NOT NULL, at_ms INTEGER NOT NULL, actor TEXT NOT NULL,
    subject TEXT NOT NULL, payload TEXT NOT NULL) STRICT;
  CREATE INDEX audit_by_actor ON audit_register (actor, seq);
  CREATE INDEX audit_by_type ON audit_register (type, seq);
  CREATE TABLE fault_register (seq INTEGER PRIMARY KEY, camera_id TEXT NOT NULL, kind TEXT NOT NULL, reason TEXT NOT NULL,
    from_ms INTEGER NOT NULL, from_actor TEXT NOT NULL, until_ms INTEGER, until_actor TEXT) STRICT;
  CREATE INDEX faults_open ON fault_register (camera_id, kind) WHERE until_ms IS NULL;
  CREATE INDEX faults_by_camera ON fault_register (camera_id, seq);

  CREATE TABLE search_documents (doc INTEGER PRIMARY KEY, kind TEXT NOT NULL, ref TEXT NOT NULL, region_id TEXT, camera_id TEXT,
    title TEXT NOT NULL, UNIQUE (kind, ref)) STRICT;
  CREATE VIRTUAL TABLE search_tokens USING fts5 (pairs, characters, words, content='', contentless_delete=1,
    tokenize='unicode61 remove_diacritics 0', prefix='2 3');

  CREATE INDEX regions_by_parent ON directory_rows (json_extract(body, '$.parentId')) WHERE kind = 'regions';
  CREATE INDEX cameras_by_region ON directory_rows (json_extract(body, '$.regionId')) WHERE kind = 'cameras';
  `,
  `ALTER TABLE people ADD COLUMN must_change_password INTEGER NOT NULL DEFAULT 0;`,
  `
  ALTER TABLE people ADD COLUMN unit_id TEXT;
  CREATE TABLE particulars (reference TEXT PRIMARY KEY, county_id TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT,
    created_at_ms INTEGER NOT NULL, erased_at_ms INTEGER, erased_for TEXT) STRICT, WITHOUT ROWID;
  `,
  `
  ALTER TABLE receipts ADD COLUMN desk_id TEXT;
  CREATE INDEX facts_by_subject ON facts (subject);
  `,
  `CREATE INDEX faults_by_time ON fault_register (from_ms, seq);`,
  `
  ALTER TABLE fault_register ADD COLUMN word TEXT;
  ALTER TABLE fault_register ADD COLUMN word_actor TEXT;
  `,
  `
  CREATE TABLE incident_spans (incident_id TEXT PRIMARY KEY, region_id TEXT NOT NULL, from_ms INTEGER NOT NULL, until_ms INTEGER)
    STRICT, WITHOUT ROWID;
  CREATE INDEX incident_spans_by_end ON incident_spans (until_ms, from_ms, region_id);
  CREATE INDEX incident_spans_by_begin ON incident_spans (from_ms, region_id);
  `,
];
