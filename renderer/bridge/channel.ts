/** A two-way line of text frames between this window and main, and of bytes from main. Order is kept over both; nothing is delivered after `closed`. */
export type FrameChannel = {
  send(frame: string): void;
  /** Bytes go to the one listener set last. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Frames go to the one listener set last. */
  onFrame(listener: (frame: string) => void): void;
  /** Resolves when the line is gone, from whichever side. `replaced`: main now talks to a newer page of this window. */
  readonly closed: Promise<LineEnd>;
  close(): void;
};

export type LineEnd = 'lost' | 'replaced';

/** Opens the next line to main; called again after each loss. Rejects when this try failed. */
export type Connector = { connect(): Promise<FrameChannel> };
