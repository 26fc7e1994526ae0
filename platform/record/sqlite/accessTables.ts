import type { DatabaseSync } from 'node:sqlite';
import type { AccessChange, StoredDevice, StoredPerson, StoredSession } from '../store.ts';

/** People, sessions and devices. Secrets are in here as hashes only. */
export function createAccessTables(database: DatabaseSync) {
  const people = database.prepare('SELECT * FROM people ORDER BY person_id');
  const writePerson = database.prepare(
    `INSERT INTO people (person_id, account, name, roles, territory, password_hash, must_change_password, is_disabled, unit_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (person_id) DO UPDATE SET account = excluded.account, name = excluded.name, roles = excluded.roles,
       territory = excluded.territory, password_hash = excluded.password_hash,
       must_change_password = excluded.must_change_password, is_disabled = excluded.is_disabled,
       unit_id = excluded.unit_id`,
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

  const tables = {
    readPeople: () => people.all().map(toPerson),
    writePerson: ({ personId, account, name, roles, territory, unitId, passwordHash, mustChangePassword, isDisabled }: StoredPerson) => {
      const rights = [JSON.stringify(roles), JSON.stringify(territory)] as const;
      const marks = [mustChangePassword ? 1 : 0, isDisabled ? 1 : 0] as const;
      writePerson.run(personId, account, name, ...rights, passwordHash, ...marks, unitId ?? null);
    },
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
  return {
    ...tables,
    /** Writes inside the transaction that the caller opened. */
    changeAccess(change: AccessChange): void {
      change.people?.forEach(tables.writePerson);
      change.sessions?.forEach(tables.writeSession);
      tables.dropSessions(change.endedSessions ?? []);
      change.devices?.forEach(tables.writeDevice);
    },
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
    mustChangePassword: row.must_change_password === 1,
    isDisabled: row.is_disabled === 1,
    ...(row.unit_id === null ? {} : { unitId: row.unit_id }),
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
