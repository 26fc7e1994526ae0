import type { MadeCounty } from './madeCounty.ts';

/** Ours, deck.gl as its pages show it through React's state, MapLibre's own `setData`. */
export const sideNames = ['ours', 'deck', 'setData'] as const;
export type SideName = (typeof sideNames)[number];

/** One second's news of where everybody is, as each side gets it from the wire. */
export type TickMessage = { readonly frames: readonly Uint8Array[]; readonly json: string; readonly nowMs: number };

/** What is open in each grid, as rows of a plain table. */
export type GridRow = { readonly id: string; readonly open: number; readonly late: number };

/** A way to draw the county; all are driven by the same page. */
export type MapSide = {
  /** Brings its code, where that is not there yet: not timed. */
  load(): Promise<void>;
  /** Resolves when everything of the county is on the map. */
  open(county: MadeCounty, host: HTMLElement): Promise<void>;
  /** Takes one message; the frame comes by itself, as in the product. */
  tick(message: TickMessage): void;
  updateGrids(rows: readonly GridRow[]): void;
  /** A frame in which nothing changes. */
  repaint(): void;
  /** Calls back with each frame that was drawn. */
  onFrame(listener: () => void): void;
  /** Draws now and hands over what it drew on. */
  drawnCanvas(): HTMLCanvasElement;
  close(): void;
};
