/** What an area is drawn as. */
export type AreaState = {
  /** Metres. */
  readonly height: number;
  /** Share of the greatest load from 0 to 1; null = nothing open. */
  readonly load: number | null;
  readonly urgency: 'none' | 'nearlyLate' | 'late';
  readonly report: 'reporting' | 'silent';
};

/** A range of rows of the texture, `toRow` not included. */
export type ChangedRows = { readonly fromRow: number; readonly toRow: number };

/** States of all areas of a layer as a texture's rows: four figures per area, written in place. */
export type AreaStates = {
  readonly rowWidth: number;
  readonly rows: number;
  readonly values: Float32Array;
  version(): number;
  /** Sets one area's state; true when that changes what is drawn. */
  set(index: number, state: AreaState): boolean;
  heightOf(index: number): number;
  /** Rows that somebody who has seen `version` lacks; null = none. */
  changedSince(version: number): ChangedRows | null;
};

const texelsPerRow = 256;
const urgencies = ['none', 'nearlyLate', 'late'] as const;
const silentCode = 4;

/** Makes the states of so many areas: flat, with nothing open. */
export function createAreaStates(count: number): AreaStates {
  const rowWidth = Math.min(texelsPerRow, Math.max(1, count));
  const rows = Math.max(1, Math.ceil(count / rowWidth));
  const values = new Float32Array(rowWidth * rows * 4);
  const rowVersions = new Int32Array(rows);
  for (let index = 0; index < rowWidth * rows; index += 1) {
    values[index * 4 + 2] = -1;
    // Whatever premultiplies by it on the way to the card changes nothing.
    values[index * 4 + 3] = 1;
  }
  let version = 0;
  return {
    rowWidth,
    rows,
    values,
    version: () => version,
    heightOf: (index) => values[index * 4] ?? 0,
    set(index, { height, load, urgency, report }) {
      if (index < 0 || index >= count) return false;
      const code = urgencies.indexOf(urgency) + (report === 'silent' ? silentCode : 0);
      const at = index * 4;
      const ramp = load === null ? -1 : Math.fround(load);
      if (values[at] === Math.fround(height) && values[at + 1] === code && values[at + 2] === ramp) return false;
      values[at] = height;
      values[at + 1] = code;
      values[at + 2] = ramp;
      version += 1;
      rowVersions[Math.floor(index / rowWidth)] = version;
      return true;
    },
    changedSince(seen) {
      if (seen < 0) return { fromRow: 0, toRow: rows };
      const fromRow = rowVersions.findIndex((at) => at > seen);
      return fromRow < 0 ? null : { fromRow, toRow: rowVersions.findLastIndex((at) => at > seen) + 1 };
    },
  };
}
