import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { takeDataFolder } from '#platform/dataFolder.ts';
import { createEvidenceErasures, evidenceFolderName } from '#platform/evidence/index.ts';
import { nodeClock, nodeSecrets } from '#platform/nodePorts.ts';
import { leaveRestoredNote } from '#platform/audit/index.ts';
import {
  beginEpoch,
  createErasureFile,
  createStandingFile,
  disabledIn,
  type ErasureList,
  erasureListName,
  openSqliteStore,
  type StandingList,
  standingListName,
  verifyChains,
} from '#platform/record/index.ts';
import { checkedManifest, type Manifest, recordName } from './manifest.ts';

/** What a restore did. `aside` = where the replaced folder lies now, null when there was none. */
export type Restored = {
  readonly manifest: Manifest;
  readonly places: number;
  readonly aside: string | null;
  /** Accounts that had been disabled since the backup, and are disabled again. */
  readonly disabledAgain: number;
};

/**
 * Puts a backup in the place of a platform's data folder: verified before anything is touched, with a new epoch for every feed and
 * without sessions. What was there before is kept aside. Throws while a platform runs on the folder.
 */
export async function restoreBackup({ from, to, by }: { from: string; to: string; by: string }): Promise<Restored> {
  const manifest = await checkedManifest(from);
  const taken = existsSync(to) ? takeDataFolder(to) : null;
  if (existsSync(to) && taken === null) throw new Error(`A platform runs on ${to}. Stop it first.`);
  const stamp = nodeClock.nowMs();
  const incoming = `${path.resolve(to)}.restoring`;
  try {
    rmSync(incoming, { recursive: true, force: true });
    mkdirSync(incoming, { recursive: true, mode: 0o700 });
    mkdirSync(path.join(incoming, evidenceFolderName), { mode: 0o700 });
    for (const { name } of manifest.files) await copyFile(path.join(from, name), path.join(incoming, name));
    carryStandings({ from: to, into: incoming });
    const renewed = await renewRecord(incoming);
    leaveRestoredNote(incoming, { madeAtMs: manifest.madeAtMs, by: by.slice(0, 64), ...renewed.told });
    carryErasures({ from: to, into: incoming });
    carryEvidenceErasures({ from: to, into: incoming });
    const aside = taken === null ? null : `${path.resolve(to)}.before-restore-${stamp}`;
    if (aside !== null) renameSync(to, aside);
    renameSync(incoming, to);
    return { manifest, aside, places: renewed.places, disabledAgain: renewed.told.disabledAgain };
  } finally {
    taken?.release();
  }
}

/** What was erased since the backup comes back with it: the list of erasures goes on, and the platform's next start erases it again. */
function carryErasures({ from, into }: { from: string; into: string }): void {
  const [now, then] = [from, into].map((folder) => createErasureFile(path.join(folder, erasureListName))) as [ErasureList, ErasureList];
  const known = new Set(then.read().map(({ reference }) => reference));
  then.append(now.read().filter(({ reference }) => !known.has(reference)));
}

/** The same of kept pictures. */
function carryEvidenceErasures({ from, into }: { from: string; into: string }): void {
  const [now, then] = [createEvidenceErasures(from), createEvidenceErasures(into)];
  const known = new Set(then.read().map(({ evidenceId }) => evidenceId));
  then.append(now.read().filter(({ evidenceId }) => !known.has(evidenceId)));
}

/** Who was disabled since the backup is known from the list that lies beside the database which is replaced. */
function carryStandings({ from, into }: { from: string; into: string }): void {
  const [now, then] = [from, into].map((folder) => createStandingFile(path.join(folder, standingListName))) as [StandingList, StandingList];
  const known = new Set(then.read().map((row) => JSON.stringify(row)));
  then.append(now.read().filter((row) => !known.has(JSON.stringify(row))));
}

/** Computes the chains anew, says in the record itself that it is a restored one, and shuts out again who was shut out since. */
async function renewRecord(folder: string) {
  const store = await openSqliteStore({ file: path.join(folder, recordName), newEpoch: nodeSecrets.newId() });
  try {
    const { places, problem } = await verifyChains(store);
    if (problem !== null) throw new Error(`The backup's record is damaged: ${problem}.`);
    const epoch = nodeSecrets.newId();
    await beginEpoch({ store, epoch });
    // A session that was ended after the backup must not come back to life with it.
    await store.dropSessions((await store.readSessions()).map(({ tokenHash }) => tokenHash));
    const disabled = disabledIn(createStandingFile(path.join(folder, standingListName)).read());
    const again = (await store.readPeople()).filter(({ personId, isDisabled }) => !isDisabled && disabled.has(personId));
    for (const person of again) await store.writePerson({ ...person, isDisabled: true });
    return { places, told: { epoch, disabledAgain: again.length } };
  } finally {
    await store.close();
  }
}
