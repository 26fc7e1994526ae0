import type { ViewPriority } from '#contract/cameras/index.ts';

/** Hands bytes to the socket; `onTaken` when the operating system has them. */
export type SendBytes = (bytes: Uint8Array, onTaken: () => void) => void;

/** Where pieces come from: one per open channel. Null when that channel has nothing to send now. */
export type PieceSource = { nextPiece(): Uint8Array | null };

/** Sends pieces of all channels in turn, so that one large key frame never holds up the other tiles; those of an alarm go before all others. */
export type PieceSender = {
  add(source: PieceSource, priority: ViewPriority): void;
  remove(source: PieceSource): void;
  /** Something new may be sendable. */
  pump(): void;
};

// What lies in our own process at most; the rest stays in the channels, where it can still be skipped.
const maxHandedOver = 256 * 1024;

export function createPieceSender({ send }: { send: SendBytes }): PieceSender {
  const lines = { first: createTurns(), rest: createTurns() };
  let handedOver = 0;

  const pump = () => {
    while (handedOver < maxHandedOver) {
      const piece = lines.first.nextPiece() ?? lines.rest.nextPiece();
      if (piece === null) return;
      hand(piece);
    }
  };
  const hand = (piece: Uint8Array) => {
    handedOver += piece.length;
    send(piece, () => {
      handedOver -= piece.length;
      pump();
    });
  };

  return {
    add: (source, priority) => (priority === 'alarm' ? lines.first : lines.rest).add(source),
    remove(source) {
      lines.first.remove(source);
      lines.rest.remove(source);
    },
    pump,
  };
}

/** Channels that take turns; the one that has just sent a piece goes to the end of the line. */
function createTurns(): PieceSource & { add(source: PieceSource): void; remove(source: PieceSource): void } {
  let turns: readonly PieceSource[] = [];
  return {
    add(source) {
      turns = [...turns, source];
    },
    remove(source) {
      turns = turns.filter((other) => other !== source);
    },
    nextPiece() {
      for (const source of turns) {
        const piece = source.nextPiece();
        if (piece === null) continue;
        turns = [...turns.filter((other) => other !== source), source];
        return piece;
      }
      return null;
    },
  };
}
