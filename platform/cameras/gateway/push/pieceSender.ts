/** Hands bytes to the socket; `onTaken` when the operating system has them. */
export type SendBytes = (bytes: Uint8Array, onTaken: () => void) => void;

/** Where pieces come from: one per open channel. Null when that channel has nothing to send now. */
export type PieceSource = { nextPiece(): Uint8Array | null };

/** Sends pieces of all channels in turn, so that one large key frame never holds up the other tiles. */
export type PieceSender = {
  add(source: PieceSource): void;
  remove(source: PieceSource): void;
  /** Something new may be sendable. */
  pump(): void;
};

// What lies in our own process at most; the rest stays in the channels, where it can still be skipped.
const maxHandedOver = 256 * 1024;

export function createPieceSender({ send }: { send: SendBytes }): PieceSender {
  let turns: readonly PieceSource[] = [];
  let handedOver = 0;

  const pump = () => {
    let idle = 0;
    while (idle < turns.length && handedOver < maxHandedOver) {
      const [source, ...others] = turns;
      if (source === undefined) return;
      turns = [...others, source];
      const piece = source.nextPiece();
      idle = piece === null ? idle + 1 : 0;
      if (piece !== null) hand(piece);
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
    add(source) {
      turns = [...turns, source];
    },
    remove(source) {
      turns = turns.filter((other) => other !== source);
    },
    pump,
  };
}
