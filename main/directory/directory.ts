import { z } from 'zod';
import { Camera } from '#contract/cameras/index.ts';
import { Center, type DirectoryKind, type DirectoryPage, Region, RegionPolygon } from '#contract/directory/index.ts';
import { backOffMs, createPump, type LinkLog } from '#contract/link/index.ts';
import { type CameraId, CountyId, type Randomness, type Timers } from '#contract/values/index.ts';
import type { PlatformHttp } from '#main/link/index.ts';
import { readJsonFile, writeJsonFile } from '#main/storage/index.ts';
import { type DirectoryCopy, fetchDirectory } from './fetchDirectory.ts';
import { outlinePage } from './outlines.ts';

const CachedDirectory = z.strictObject({
  countyId: CountyId.nullable(),
  revision: z.int().min(0),
  regions: z.array(Region),
  cameras: z.array(Camera),
  centers: z.array(Center),
  /** Absent in a copy that was kept by a version without maps: their outlines come with the next one. */
  polygons: z.array(RegionPolygon).default([]),
});

/** Rows per page to a window: a page stays well below what a window may have waiting (bridgeLimits). */
const windowPageRows = 500;

/** Main's copy of the directory, as this workstation may see it. */
export type Directory = {
  /** 0 while there is no copy. */
  revision(): number;
  regions(): readonly Region[];
  cameras(): readonly Camera[];
  camerasById(cameraIds: readonly CameraId[]): readonly Camera[];
  /** Null while there is no copy, and for kinds that main does not hold. */
  page(asked: { kind: DirectoryKind; offset: number }): DirectoryPage | null;
  /** Fetches until the copy has this revision, or the one asked for last (0 = whatever is there now). Errors are logged and tried again. */
  refresh(wanted: { revision: number }): void;
  /** Resolves when nothing is written any more: what is fetched after this is dropped, what is being written is written to its end. */
  close(): Promise<void>;
};

export type DirectoryPorts = {
  readonly http: Pick<PlatformHttp, 'directoryPage'>;
  /** The bearer for the platform; null while this workstation has none. */
  readonly bearer: () => string | null;
  readonly cacheFile: string;
  readonly timers: Timers;
  readonly randomness: Randomness;
  readonly log: LinkLog;
  /** A new copy is there. */
  readonly onCopy: () => void;
};

/** Opens with the copy of last time, so that names are there also when the platform is not. */
export async function openDirectory(ports: DirectoryPorts): Promise<Directory> {
  const cached = CachedDirectory.safeParse(await readJsonFile(ports.cacheFile));
  return new CopiedDirectory(ports, cached.success ? cached.data : null);
}

class CopiedDirectory implements Directory {
  readonly #ports: DirectoryPorts;
  readonly #pump: () => void;
  #copy: DirectoryCopy | null;
  #byId: ReadonlyMap<CameraId, Camera> = new Map();
  #wanted: number | null = null;
  #failures = 0;
  #cancelRetry = () => {};
  #isClosed = false;
  #written: Promise<void> = Promise.resolve();

  constructor(ports: DirectoryPorts, copy: DirectoryCopy | null) {
    this.#ports = ports;
    this.#copy = copy;
    this.#index();
    this.#pump = createPump(
      () => this.#fetch(),
      (error) => ports.log.error({ err: error }, 'fetching the directory failed'),
    );
  }

  revision(): number {
    return this.#copy?.revision ?? 0;
  }

  regions(): readonly Region[] {
    return this.#copy?.regions ?? [];
  }

  cameras(): readonly Camera[] {
    return this.#copy?.cameras ?? [];
  }

  camerasById(cameraIds: readonly CameraId[]): readonly Camera[] {
    return cameraIds.flatMap((id) => this.#byId.get(id) ?? []);
  }

  page({ kind, offset }: { kind: DirectoryKind; offset: number }): DirectoryPage | null {
    if (this.#copy === null) return null;
    const { revision } = this.#copy;
    switch (kind) {
      case 'regions':
        return { kind, revision, ...pageOf(this.#copy.regions, offset) };
      case 'cameras':
        return { kind, revision, ...pageOf(this.#copy.cameras, offset) };
      case 'centers':
        return { kind, revision, ...pageOf(this.#copy.centers, offset) };
      case 'polygons':
        return { kind, revision, ...outlinePage(this.#copy.polygons, offset) };
      case 'units':
      case 'responders':
        return null;
    }
  }

  refresh({ revision }: { revision: number }): void {
    if (revision !== 0 || this.#wanted === null) this.#wanted = revision;
    this.#pump();
  }

  async #fetch(): Promise<void> {
    const bearer = this.#ports.bearer();
    if (this.#wanted === null || bearer === null) return;
    this.#cancelRetry();
    const fetched = await fetchDirectory({ http: this.#ports.http, bearer });
    if (this.#isClosed) return;
    if (!fetched.ok) return this.#retryLater(fetched.refusal.code);
    // Pages and announcements come by different ways: either may be ahead for a moment.
    if (this.#wanted !== 0 && fetched.value.revision !== this.#wanted) return this.#retryLater('otherThanAnnounced');
    this.#wanted = null;
    this.#failures = 0;
    await this.#take(fetched.value);
  }

  async #take(copy: DirectoryCopy): Promise<void> {
    this.#copy = copy;
    this.#index();
    this.#ports.log.info({ revision: copy.revision, cameras: copy.cameras.length }, 'directory');
    this.#ports.onCopy();
    this.#written = writeJsonFile(this.#ports.cacheFile, copy).catch((error: unknown) => {
      this.#ports.log.warn({ err: error }, 'the directory is not kept for the next start');
    });
    await this.#written;
  }

  #retryLater(code: string): void {
    this.#failures += 1;
    const waitMs = backOffMs({ attempt: this.#failures, randomness: this.#ports.randomness });
    this.#ports.log.warn({ code, waitMs }, 'the directory could not be fetched');
    this.#cancelRetry = this.#ports.timers.afterMs(waitMs, this.#pump);
  }

  #index(): void {
    this.#byId = new Map(this.cameras().map((camera) => [camera.id, camera]));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#wanted = null;
    this.#cancelRetry();
    await this.#written;
  }
}

function pageOf<Row>(rows: readonly Row[], offset: number): { rows: Row[]; nextOffset: number | null } {
  const end = offset + windowPageRows;
  return { rows: rows.slice(offset, end), nextOffset: end < rows.length ? end : null };
}
