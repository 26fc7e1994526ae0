import type { DatabaseSync } from 'node:sqlite';
import type { StoredDevice, StoredPerson, StoredSession } from '../store.ts';

/** People, sessions and devices. Secrets are in here as hashes only. */
export function createAccessTables(database: DatabaseSync) {
  const people = database.prepare('SELECT * FROM people ORDER BY person_id');
  const writePerson = database.prepare(
    `INSERT INTO people (person_id, account, name, roles, territory, password_hash, is_disabled) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET account = excluded.account, name = excluded.name, roles = excluded.roles,
       territory = excluded.territory, password_hash = excluded.password_hash, is_disabled = excluded.is_disabled`,
  );
  const sessions = database.prepare('SELECT * FROM sessions');
  const writeSession = database.prepare(
    'INSERT OR REPLACE INTO sessions (token_hash, person_id, opened_at_ms, expires_at_ms) VALUES (?, ?, ?, ?)',
  );
  const dropSession = database.prepare('DELETE FROM sessions WHERE token_hash = ?');
  const devices = database.prepare('SELECT * FROM devices ORDER BY desk_id');
  const writeDevice = database.prepare(
    'INSERT OR REPLACE INTO devices (desk_id, key_hash, territory, enrolled_by, enrolled_at_ms) VALUES (?, ?, ?, ?, ?)',
  );

  return {
    readPeople: () => people.all().map(toPerson),
    writePerson: ({ personId, account, name, roles, territory, passwordHash, isDisabled }: StoredPerson) =>
      void writePerson.run(personId, account, name, JSON.stringify(roles), JSON.stringify(territory), passwordHash, isDisabled ? 1 : 0),
    readSessions: () => sessions.all().map(toSession),
    writeSession: ({ tokenHash, personId, openedAtMs, expiresAtMs }: StoredSession) =>
      void writeSession.run(tokenHash, personId, openedAtMs, expiresAtMs),
    dropSessions: (hashes: readonly string[]) => {
      for (const hash of hashes) dropSession.run(hash);
    },
    readDevices: () => devices.all().map(toDevice),
    writeDevice: ({ deskId, keyHash, territory, enrolledBy, enrolledAtMs }: StoredDevice) =>
      void writeDevice.run(deskId, keyHash, JSON.stringify(territory), enrolledBy, enrolledAtMs),
  };
}

function toPerson(row: Record<string, unknown>): StoredPerson {
  return {
    personId: row.person_id,
    account: row.account,
    name: row.name,
    roles: JSON.parse(String(row.roles)),
    territory: JSON.parse(String(row.territory)),
    passwordHash: row.password_hash,
    isDisabled: row.is_disabled === 1,
  } as StoredPerson;
}

function toSession(row: Record<string, unknown>): StoredSession {
  return {
    tokenHash: row.token_hash,
    personId: row.person_id,
    openedAtMs: row.opened_at_ms,
    expiresAtMs: row.expires_at_ms,
  } as StoredSession;
}

function toDevice(row: Record<string, unknown>): StoredDevice {
  return {
    deskId: row.desk_id,
    keyHash: row.key_hash,
    territory: JSON.parse(String(row.territory)),
    enrolledBy: row.enrolled_by,
    enrolledAtMs: row.enrolled_at_ms,
  } as StoredDevice;
}
