import path from 'node:path';
import { z } from 'zod';
import type { Room } from '#contract/bridge/index.ts';
import type { LinkLog } from '#contract/link/index.ts';
import { type MapLook, SharedMapLook } from '#contract/map/index.ts';
import type { Timers, WindowId } from '#contract/values/index.ts';
import { type FileFormat, readVersionedJson, writeJsonFile } from '#main/storage/index.ts';
import { type CameraVotes, openCameraVotes } from './cameraVotes.ts';

const Saved = z.strictObject({ version: z.literal(1), look: SharedMapLook });

/** The file named its version from the beginning. */
const format: FileFormat<unknown> = { name: 'mapLook', lifts: [() => null] };

// A map that is being moved says so ten times a second; what is remembered is where it comes to rest.
const restMs = 1_000;

// Longer than the pauses of a hand that is still moving a map; short enough that nobody waits for the next word.
const leadMs = 1_000;

/** What this workstation remembers of its maps. */
export type MapMemory = {
  readonly votes: CameraVotes;
  /**
   * Takes what a console's map shows now. Whoever said something within the last second leads: of others it is not taken meanwhile (null), so
   * that two hands do not tear the walls to and fro.
   */
  look(look: MapLook, by: WindowId): SharedMapLook | null;
  /** The parts of the room that are remembered. */
  room(): Pick<Room, 'cameraVotes' | 'mapLook'>;
};

/** Reads what is remembered; what cannot be read is forgotten. */
export async function openMapMemory({
  folder,
  timers,
  log,
  closers,
}: {
  folder: string;
  timers: Timers;
  log: LinkLog;
  closers: AsyncDisposableStack;
}): Promise<MapMemory> {
  const votes = await openCameraVotes({ file: path.join(folder, 'camera-votes.json'), log });
  const file = path.join(folder, 'map-look.json');
  const saved = Saved.safeParse(await readVersionedJson({ file, format }));
  let look: SharedMapLook | undefined = saved.success ? saved.data.look : undefined;
  let cancel: (() => void) | null = null;
  let lead: { readonly by: WindowId; readonly cancel: () => void } | null = null;
  const takeLead = (by: WindowId) => {
    lead?.cancel();
    lead = {
      by,
      cancel: timers.afterMs(leadMs, () => {
        lead = null;
      }),
    };
  };
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    cancel = null;
    if (look === undefined) return;
    // Windows are numbered anew at each start: nobody of then said it.
    const kept: z.infer<typeof Saved> = { version: 1, look: withoutPeople({ ...look, by: null }) };
    writing = writing
      .then(() => writeJsonFile(file, kept))
      .catch((error: unknown) => log.error({ err: error, file }, 'where the map looks is not remembered'));
  };
  closers.defer(async () => {
    lead?.cancel();
    if (cancel !== null) {
      cancel();
      write();
    }
    await writing;
  });
  return {
    votes,
    look: (next, by) => {
      if (lead !== null && lead.by !== by) return null;
      takeLead(by);
      look = { ...next, by };
      cancel ??= timers.afterMs(restMs, write);
      return look;
    },
    room: () => ({ cameraVotes: [...votes.votes()], ...(look === undefined ? {} : { mapLook: look }) }),
  };
}

/** Who was chosen is not remembered: behind his number may be somebody else by then, and nobody has chosen him. */
function withoutPeople(look: SharedMapLook): SharedMapLook {
  const { chosen, selection } = look;
  return {
    ...look,
    chosen: chosen?.kind === 'responder' ? null : chosen,
    ...(selection?.anchor?.kind === 'responder' ? { selection: { ...selection, anchor: null } } : {}),
  };
}
