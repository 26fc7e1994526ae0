/** What the window asks of the worker that groups cameras. */
export type ClusterQuestion =
  /** All cameras: places in pairs, and how bad each one's state is. Replaces the earlier ones. */
  | { readonly kind: 'points'; readonly lngLat: Float64Array; readonly severities: Uint8Array }
  /** West, south, east, north. */
  | { readonly kind: 'view'; readonly asked: number; readonly bounds: readonly [number, number, number, number]; readonly zoom: number };

/** What is to be drawn of them: one row per group or single camera. `points`: the camera's own index, -1 for a group. */
export type ClusterAnswer = {
  readonly asked: number;
  readonly lngLat: Float32Array;
  readonly severities: Uint8Array;
  readonly counts: Uint32Array;
  readonly points: Int32Array;
};
