import { readFile, writeFile } from 'node:fs/promises';

/** Puts what one run measured into a file with what other runs did, and gives all of them. Refuses what another commit measured. */
export async function keepPiece<Piece extends { readonly commit: string }>(file: string, piece: Piece): Promise<readonly Piece[]> {
  const before = await readPieces<Piece>(file);
  const other = before.find(({ commit }) => commit !== piece.commit);
  if (other !== undefined) throw new Error(`${file} holds figures of commit ${other.commit}; these are of ${piece.commit}`);
  const pieces = [...before, piece];
  await writeFile(file, JSON.stringify(pieces));
  return pieces;
}

async function readPieces<Piece>(file: string): Promise<readonly Piece[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Piece[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
