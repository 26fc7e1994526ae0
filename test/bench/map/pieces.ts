import { readFile, writeFile } from 'node:fs/promises';
import type { SideSample } from './measureSide.ts';

/** What one run measured. */
export type Piece = { readonly machine: string; readonly commit: string; readonly samples: readonly SideSample[] };

/** Puts a run's samples into a file with those of other runs, and gives all of them. Refuses what another commit measured. */
export async function joinPieces(file: string, piece: Piece): Promise<Piece> {
  const before = await readPiece(file);
  if (before !== null && before.commit !== piece.commit) {
    throw new Error(`${file} holds figures of commit ${before.commit}; these are of ${piece.commit}`);
  }
  const joined: Piece =
    before === null
      ? piece
      : { machine: `${before.machine}; ${piece.machine}`, commit: piece.commit, samples: [...before.samples, ...piece.samples] };
  await writeFile(file, JSON.stringify(joined));
  return joined;
}

async function readPiece(file: string): Promise<Piece | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Piece;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
