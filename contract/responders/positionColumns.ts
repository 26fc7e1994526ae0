/**
 * The newest position of every responder of a territory, one column per figure, by `responderIndex` (the dense number of the directory).
 * Columns and no objects, because thousands change every second and go to the graphics card as they are.
 */
export type PositionColumns = {
  /** Whose numbering the indices are. Another revision: other people behind the same numbers. */
  readonly directoryRevision: number;
  /** When the responder was there, epoch ms of the platform; 0 = never heard of. */
  readonly measuredAtMs: Float64Array;
  /** WGS-84 degrees in pairs, longitude before latitude: what a layer on the graphics card takes as it is. f32: steps of 0.7 m at 108 E. */
  readonly lngLat: Float32Array;
  /** 0 to 359, clockwise from north. */
  readonly headingDeg: Uint16Array;
  /** Code of a ResponderStatus; one that this version does not know is kept as it came. */
  readonly status: Uint8Array;
};

/** One responder's place as it is given to `setPosition`; units as in the columns. */
export type ResponderPosition = {
  readonly measuredAtMs: number;
  readonly lng: number;
  readonly lat: number;
  readonly headingDeg: number;
  readonly status: number;
};

/** Columns for indices 0 to `size` - 1, nobody heard of yet. */
export function createPositionColumns({ size, directoryRevision }: { size: number; directoryRevision: number }): PositionColumns {
  return {
    directoryRevision,
    measuredAtMs: new Float64Array(size),
    lngLat: new Float32Array(2 * size),
    headingDeg: new Uint16Array(size),
    status: new Uint8Array(size),
  };
}

/** Writes one responder's place. An index outside the columns changes nothing. */
export function setPosition(columns: PositionColumns, index: number, position: ResponderPosition): void {
  if (index >= columns.measuredAtMs.length) return;
  columns.measuredAtMs[index] = position.measuredAtMs;
  columns.lngLat[2 * index] = position.lng;
  columns.lngLat[2 * index + 1] = position.lat;
  columns.headingDeg[index] = position.headingDeg;
  columns.status[index] = position.status;
}

/** Reads one responder's place for a card or a list; null when nobody has heard of him. Not for drawing thousands. */
export function positionAt(columns: PositionColumns, index: number): ResponderPosition | null {
  const { measuredAtMs, lngLat, headingDeg, status } = columns;
  const at = measuredAtMs[index] ?? 0;
  if (at === 0) return null;
  return {
    measuredAtMs: at,
    lng: lngLat[2 * index] ?? 0,
    lat: lngLat[2 * index + 1] ?? 0,
    headingDeg: headingDeg[index] ?? 0,
    status: status[index] ?? 0,
  };
}
