import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId, RegionId } from '#contract/values/index.ts';
import type { DirectoryCopy } from './directoryCopy.ts';
import { cursorStep } from './cursorStep.ts';
import { pathTo, rowKey, type TreeRow, visibleRows } from './tree.ts';

/** How the tree is looked at: what is open, what is shown, where the cursor stands. View state of one console. */
export type TreeViewState = {
  readonly opened: ReadonlySet<RegionId>;
  readonly shown: 'all' | 'connected';
  /** `rowKey` of the line the keyboard is on. */
  readonly cursor: string | null;
  /** Cameras that are carried together; empty = only the one that is touched. */
  readonly marked: ReadonlySet<CameraId>;
};

export type TreeView = {
  readonly store: StoreApi<TreeViewState>;
  rows(copy: DirectoryCopy): readonly TreeRow[];
  toggle(regionId: RegionId): void;
  setShown(shown: TreeViewState['shown']): void;
  setCursor(key: string): void;
  /** Marks a camera besides the others, or takes its mark away. */
  mark(cameraId: CameraId): void;
  /** Marks every camera between the cursor and this line, and puts the cursor there. */
  markTo(copy: DirectoryCopy, key: string): void;
  unmark(): void;
  /** Opens everything above a camera and puts the cursor on it. */
  reveal(copy: DirectoryCopy, camera: Camera): void;
  /** Obeys a tree key (WAI-ARIA, "Tree View Pattern"); the camera to look at when Enter was pressed on one. */
  press(copy: DirectoryCopy, key: string): CameraId | null;
};

/** A tree of which the roots are open. */
export function createTreeView(): TreeView {
  const store = createStore<TreeViewState>(() => ({ opened: new Set(), shown: 'all', cursor: null, marked: new Set() }));
  const rows = ({ tree }: DirectoryCopy) => {
    const { opened, shown } = store.getState();
    return visibleRows({ tree, opened, shown });
  };
  const toggle = (regionId: RegionId) => {
    const opened = new Set(store.getState().opened);
    if (!opened.delete(regionId)) opened.add(regionId);
    store.setState({ opened });
  };
  return {
    store,
    rows,
    toggle,
    setShown: (shown) => store.setState({ shown }),
    setCursor: (cursor) => store.setState({ cursor }),
    mark: (cameraId) => {
      const marked = new Set(store.getState().marked);
      if (!marked.delete(cameraId)) marked.add(cameraId);
      store.setState({ marked });
    },
    markTo: (copy, key) => {
      const { cursor, marked } = store.getState();
      const between = camerasBetween({ rows: rows(copy), from: cursor ?? key, to: key });
      store.setState({ marked: new Set([...marked, ...between]), cursor: key });
    },
    unmark: () => store.setState({ marked: new Set() }),
    reveal: ({ tree }, camera) => {
      const { opened } = store.getState();
      store.setState({ opened: new Set([...opened, ...pathTo(tree, camera.regionId)]), cursor: `camera/${camera.id}` });
    },
    press: (copy, key) => {
      const lines = rows(copy);
      const move = decideTreeKey({ rows: lines, cursor: store.getState().cursor, key });
      switch (move.kind) {
        case 'none':
          return null;
        case 'cursor':
          store.setState({ cursor: move.to });
          return null;
        case 'toggle':
          toggle(move.regionId);
          return null;
        case 'look':
          return move.cameraId;
      }
    },
  };
}

/** Cameras on the lines from one to another, both included, in the order of the tree. */
export function camerasBetween({ rows, from, to }: { rows: readonly TreeRow[]; from: string; to: string }): readonly CameraId[] {
  const ends = [from, to].map((key) => rows.findIndex((row) => rowKey(row) === key)).filter((at) => at >= 0);
  if (ends.length === 0) return [];
  const lines = rows.slice(Math.min(...ends), Math.max(...ends) + 1);
  return lines.flatMap((row) => (row.kind === 'camera' ? [row.camera.id] : []));
}

type TreeMove =
  | { readonly kind: 'none' }
  | { readonly kind: 'cursor'; readonly to: string }
  | { readonly kind: 'toggle'; readonly regionId: RegionId }
  | { readonly kind: 'look'; readonly cameraId: CameraId };

// A page of the tree on the smallest console that is supported.
const pageRows = 15;

/** What a key means at the cursor. */
export function decideTreeKey({ rows, cursor, key }: { rows: readonly TreeRow[]; cursor: string | null; key: string }): TreeMove {
  const at = rows.findIndex((row) => rowKey(row) === cursor);
  const row = rows[at];
  const goTo = (index: number): TreeMove => {
    const target = rows[Math.min(Math.max(0, index), rows.length - 1)];
    return target === undefined ? { kind: 'none' } : { kind: 'cursor', to: rowKey(target) };
  };
  const step = cursorStep(key, { at, count: rows.length, page: pageRows });
  if (step !== null) return goTo(step);
  switch (key) {
    case 'ArrowRight':
      if (row?.kind !== 'region') return { kind: 'none' };
      return row.isOpen ? goTo(at + 1) : { kind: 'toggle', regionId: row.node.region.id };
    case 'ArrowLeft':
      if (row === undefined) return { kind: 'none' };
      if (row.kind === 'region' && row.isOpen) return { kind: 'toggle', regionId: row.node.region.id };
      return goTo(rows.findLastIndex((above, index) => index < at && above.kind === 'region' && above.depth < row.depth));
    case 'Enter':
    case ' ':
      if (row === undefined) return { kind: 'none' };
      return row.kind === 'region' ? { kind: 'toggle', regionId: row.node.region.id } : { kind: 'look', cameraId: row.camera.id };
  }
  return { kind: 'none' };
}
