import { z } from 'zod';
import type { LinkLog } from '#contract/link/index.ts';
import { CameraVote, mostVotes, type VoteCamera, withVote } from '#contract/map/index.ts';
import { type FileFormat, readVersionedJson, writeJsonFile } from '#main/storage/index.ts';

const Saved = z.strictObject({ version: z.literal(1), votes: z.array(CameraVote).max(mostVotes) });

/** The file named its version from the beginning. */
const format: FileFormat<unknown> = { name: 'cameraVotes', lifts: [() => null] };

/** What this workstation's people said of cameras for places. Written when it changes. */
export type CameraVotes = { votes(): readonly CameraVote[]; vote(asked: VoteCamera): Promise<void> };

/** Reads what is remembered; what cannot be read is forgotten. Rejects with a sentence when a newer version of the program wrote it. */
export async function openCameraVotes({ file, log }: { file: string; log: LinkLog }): Promise<CameraVotes> {
  const saved = Saved.safeParse(await readVersionedJson({ file, format }));
  let votes: readonly CameraVote[] = saved.success ? saved.data.votes : [];
  let writing: Promise<void> = Promise.resolve();
  return {
    votes: () => votes,
    vote: async (asked) => {
      votes = withVote(votes, asked);
      const kept: z.infer<typeof Saved> = { version: 1, votes: [...votes] };
      // One after the other: the last one written is the last one said.
      writing = writing
        .then(() => writeJsonFile(file, kept))
        .catch((error: unknown) => log.error({ err: error, file }, 'a word about a camera is not remembered'));
      await writing;
    },
  };
}
