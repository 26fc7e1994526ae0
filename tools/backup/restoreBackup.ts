import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { takeDataFolder } from '#platform/dataFolder.ts';
import { nodeClock, nodeSecrets } from '#platform/nodePorts.ts';
import { beginEpoch, openSqliteStore, verifyChains } from '#platform/record/index.ts';
import { checkedManifest, type Manifest, recordName } from './manifest.ts';

/** What a restore did. `aside` = where the replaced folder lies now, null when there was none. */
export type Restored = { readonly manifest: Manifest; readonly places: number; readonly aside: string | null };

/**
 * Puts a backup in the place of a platform's data folder: verified before anything is touched, with a new epoch for every feed and
 * without sessions. What was there before is kept aside. Throws while a platform runs on the folder.
 */
export async function restoreBackup({ from, to }: { from: string; to: string }): Promise<Restored> {
  const manifest = await checkedManifest(from);
  const taken = existsSync(to) ? takeDataFolder(to) : null;
  if (existsSync(to) && taken === null) throw new Error(`A platform runs on ${to}. Stop it first.`);
  const stamp = nodeClock.nowMs();
  const incoming = `${path.resolve(to)}.restoring`;
  try {
    rmSync(incoming, { recursive: true, force: true });
    mkdirSync(incoming, { recursive: true, mode: 0o700 });
    for (const { name } of manifest.files) await copyFile(path.join(from, name), path.join(incoming, name));
    const places = await renewRecord(path.join(incoming, recordName));
    const aside = taken === null ? null : `${path.resolve(to)}.before-restore-${stamp}`;
    if (aside !== null) renameSync(to, aside);
    renameSync(incoming, to);
    return { manifest, places, aside };
  } finally {
    taken?.release();
  }
}

/** Computes the chains anew and says in the record itself that it is a restored one. Answers how many places were computed. */
async function renewRecord(file: string): Promise<number> {
  const store = await openSqliteStore({ file, newEpoch: nodeSecrets.newId() });
  try {
    const { places, problem } = await verifyChains(store);
    if (problem !== null) throw new Error(`The backup's record is damaged: ${problem}.`);
    await beginEpoch({ store, epoch: nodeSecrets.newId() });
    // A session that was ended after the backup must not come back to life with it.
    await store.dropSessions((await store.readSessions()).map(({ tokenHash }) => tokenHash));
    return places;
  } finally {
    await store.close();
  }
}
