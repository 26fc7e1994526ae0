import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { manifestFile, type PackManifest } from '#contract/map/index.ts';
import { backOffMs, createPump, type LinkLog } from '#contract/link/index.ts';
import type { Randomness, Timers } from '#contract/values/index.ts';
import type { Download } from '#main/link/index.ts';
import { fetchFiles, fetchManifest } from './fetchPack.ts';
import { readShelf } from './packShelf.ts';

/** This workstation's own copy of the county pack, kept up to date. */
export type PackKeeper = {
  /** The pack that windows may read; null while there is none. */
  manifest(): PackManifest | null;
  /** Looks whether the platform has another pack. Errors are logged and tried again. */
  look(): void;
  /** Resolves when nothing is written any more. What was fetched so far is gone on with at the next start. */
  close(): Promise<void>;
};

export type PackKeeperPorts = {
  /** `packShelfFolder` of this workstation. */
  readonly shelf: string;
  readonly download: Download;
  /** The bearer for the platform; null while this workstation has none. */
  readonly bearer: () => string | null;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: LinkLog;
  /** Bytes that may still be written to the shelf's disk. */
  readonly freeBytes: () => Promise<number>;
  /** Told of the pack of last time, and of each one after it. */
  readonly onPack: (manifest: PackManifest) => void;
};

/** Nobody tells a desk that an administrator has put another pack there; maps change a few times a year. */
const lookAgainMs = 5 * 60_000;
/** What a map leaves free: journals of the wall and of what waits to be sent matter more, and are some megabytes. */
const leftFreeBytes = 64 * 1024 * 1024;

/** Opens with the pack of last time, so that there is a map also while the platform is away. */
export async function openPackKeeper(ports: PackKeeperPorts): Promise<PackKeeper> {
  const kept = await wholePack(ports.shelf);
  if (kept !== null) ports.onPack(kept);
  return new KeptPack(ports, kept);
}

class KeptPack implements PackKeeper {
  readonly #ports: PackKeeperPorts;
  readonly #pump: () => void;
  readonly #closing = new AbortController();
  #kept: PackManifest | null;
  #failures = 0;
  #cancelLook = () => {};
  #running: Promise<void> = Promise.resolve();

  constructor(ports: PackKeeperPorts, kept: PackManifest | null) {
    this.#ports = ports;
    this.#kept = kept;
    this.#pump = createPump(
      () => (this.#running = this.#look()),
      (error) => ports.log.error({ err: error }, 'looking after the map failed'),
    );
  }

  manifest(): PackManifest | null {
    return this.#kept;
  }

  look(): void {
    if (!this.#closing.signal.aborted) this.#pump();
  }

  async #look(): Promise<void> {
    const bearer = this.#ports.bearer();
    if (bearer === null || this.#closing.signal.aborted) return;
    this.#cancelLook();
    try {
      const why = await this.#fetch(bearer);
      if (why === null) this.#failures = 0;
      else this.#ports.log.error({ code: why }, "the platform's map is not taken: the one before stays");
      this.#lookIn(why === null ? lookAgainMs : this.#wait());
    } catch (error) {
      if (this.#closing.signal.aborted) return;
      const waitMs = this.#wait();
      this.#ports.log.warn({ err: error, waitMs }, 'the map could not be fetched');
      this.#lookIn(waitMs);
    }
  }

  /** Null when all is well, otherwise why the platform's pack is not taken. */
  async #fetch(bearer: string): Promise<string | null> {
    const { download, shelf } = this.#ports;
    const fetching = { download, bearer, signal: this.#closing.signal };
    const told = await fetchManifest(fetching);
    // No pack there any more is no reason to take the map off the walls.
    if (told === null) return null;
    if (!told.ok) return told.refusal.code;
    const manifest = told.value;
    if (manifest.contentHash === this.#kept?.contentHash) return null;
    const coming = path.join(shelf, `coming-${manifest.contentHash}`);
    const kept = this.#kept === null ? null : { manifest: this.#kept, folder: path.join(shelf, this.#kept.contentHash) };
    if (!(await this.#hasRoomFor(manifest, coming))) return 'map.noRoom';
    const fetched = await fetchFiles({ ...fetching, manifest, folder: coming, kept }).catch(async (error: unknown) => {
      // Somebody else has filled the disk meanwhile: what was fetched is given back, instead of gone on with.
      if (isDiskFull(error)) await rm(coming, { recursive: true, force: true });
      throw error;
    });
    if (!fetched.ok) return fetched.refusal.code;
    await this.#take(manifest, coming);
    return null;
  }

  async #hasRoomFor({ files }: PackManifest, coming: string): Promise<boolean> {
    const sizes = await Promise.all(files.map(async ({ name }) => (await stat(path.join(coming, name)).catch(() => null))?.size ?? 0));
    const missing = files.reduce((sum, { bytes }, index) => sum + Math.max(0, bytes - (sizes[index] ?? 0)), 0);
    const isEnough = (await this.#ports.freeBytes()) >= missing + leftFreeBytes;
    // What waits there is of no use until there is room for all of it.
    if (!isEnough) await rm(coming, { recursive: true, force: true });
    return isEnough;
  }

  async #take(manifest: PackManifest, coming: string): Promise<void> {
    const { shelf, log, onPack } = this.#ports;
    const place = path.join(shelf, manifest.contentHash);
    const before = this.#kept?.contentHash;
    await rm(place, { recursive: true, force: true });
    await rename(coming, place);
    await writeFileAtomic(path.join(shelf, manifestFile), `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
    this.#kept = manifest;
    log.info({ pack: manifest.contentHash.slice(0, 12), county: manifest.name }, 'map');
    onPack(manifest);
    // Windows may still be reading the one before; it goes with the next.
    const stays = new Set([manifest.contentHash, before, manifestFile]);
    for (const name of await readdir(shelf)) if (!stays.has(name)) await rm(path.join(shelf, name), { recursive: true, force: true });
  }

  #wait(): number {
    this.#failures += 1;
    return backOffMs({ attempt: this.#failures, randomness: this.#ports.randomness });
  }

  #lookIn(waitMs: number): void {
    if (this.#closing.signal.aborted) return;
    this.#cancelLook = this.#ports.timers.afterMs(waitMs, this.#pump);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelLook();
    await this.#running.catch(() => {});
  }
}

function isDiskFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return code === 'ENOSPC' || code === 'EDQUOT';
}

/** The pack on the shelf, when all of its files are there in full; their content was checked when they came. */
async function wholePack(shelf: string): Promise<PackManifest | null> {
  await mkdir(shelf, { recursive: true });
  const manifest = await readShelf(shelf);
  if (manifest === null) return null;
  for (const { name, bytes } of manifest.files) {
    const found = await stat(path.join(shelf, manifest.contentHash, name)).catch(() => null);
    if (found?.size !== bytes) return null;
  }
  return manifest;
}
