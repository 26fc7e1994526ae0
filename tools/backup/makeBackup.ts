import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { evidenceFolderName } from '#platform/evidence/index.ts';
import { nodeClock, nodeSecrets } from '#platform/nodePorts.ts';
import { openSqliteStore, verifyChains } from '#platform/record/index.ts';
import { fingerprint, type Manifest, manifestName, recordName } from './manifest.ts';

/** Files that only mean something while a platform runs, or that a migration has left behind. */
const notKept = /^(record\.sqlite|lock\.sqlite|running\.json|reserve\.bin|restored\.json)/;
/** More than any record: the copy is one step, so that a platform that keeps writing cannot make it start again and again. */
const allPages = 2 ** 30;

/**
 * Copies a platform's data folder, whether the platform runs or not, and computes the copy's chains anew. The copy appears under its
 * name only when it is whole.
 */
export async function makeBackup({ from, to }: { from: string; to: string }): Promise<{ manifest: Manifest; places: number }> {
  if (existsSync(to) && readdirSync(to).length > 0) throw new Error(`${to} is not empty: a backup wants a folder of its own.`);
  const unfinished = `${path.resolve(to)}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  // Hashes of passwords and the cameras' own passwords are in there.
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  await copyRecord({ from, to: path.join(unfinished, recordName) });
  const others = readdirSync(from, { withFileTypes: true }).filter((entry) => entry.isFile() && !notKept.test(entry.name));
  for (const { name } of others) await copyFile(path.join(from, name), path.join(unfinished, name));
  const pictures = await copyEvidence({ from, to: unfinished });
  const checked = await checkRecord(path.join(unfinished, recordName));
  const names = [recordName, ...others.map(({ name }) => name), ...pictures];
  const files = await Promise.all(names.map((name) => fingerprint(unfinished, name)));
  const manifest: Manifest = { format: 1, madeAtMs: nodeClock.nowMs(), ...checked.about, files };
  await writeFile(path.join(unfinished, manifestName), `${JSON.stringify(manifest, null, 2)}\n`, { flush: true });
  renameSync(unfinished, to);
  return { manifest, places: checked.places };
}

/**
 * Kept pictures as they lie, sealed, after the record: one that was taken in between has no fact in the copy and is no picture of it, one
 * that was erased in between is in the list of erasures.
 */
async function copyEvidence({ from, to }: { from: string; to: string }): Promise<readonly string[]> {
  const folder = path.join(from, evidenceFolderName);
  if (!existsSync(folder)) return [];
  mkdirSync(path.join(to, evidenceFolderName), { mode: 0o700 });
  const copied: string[] = [];
  for (const name of readdirSync(folder).toSorted()) {
    const file = `${evidenceFolderName}/${name}`;
    const isThere = await copyFile(path.join(from, file), path.join(to, file)).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return false;
        throw error;
      },
    );
    if (isThere) copied.push(file);
  }
  return copied;
}

/** The database's own online copy, over a connection of its own: the running platform neither waits nor notices. */
async function copyRecord({ from, to }: { from: string; to: string }): Promise<void> {
  const source = new DatabaseSync(path.join(from, recordName), { readOnly: true, timeout: 5_000 });
  try {
    await backup(source, to, { rate: allPages });
  } finally {
    source.close();
  }
}

async function checkRecord(file: string) {
  const store = await openSqliteStore({ file, newEpoch: nodeSecrets.newId() });
  try {
    const { places, problem } = await verifyChains(store);
    if (problem !== null) throw new Error(`The record is damaged, and so is its copy: ${problem}.`);
    const county = await store.readCounty();
    if (county === null) throw new Error('The platform of this folder was never started to its end: there is nothing to keep yet.');
    return { places, about: { county: county.name, epoch: await store.epoch(), heads: [...(await store.heads())] } };
  } finally {
    await store.close();
  }
}
