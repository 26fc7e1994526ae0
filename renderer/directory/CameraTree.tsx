import { useVirtualizer } from '@tanstack/react-virtual';
import { type ComponentType, type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Camera } from '#contract/cameras/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { useTexts } from '../language/index.ts';
import classes from './CameraTree.module.css';
import type { DirectoryCopy } from './directoryCopy.ts';
import { type RegionNode, rowKey } from './tree.ts';
import type { TreeView } from './treeView.ts';

const rowPx = 28;

type Props = {
  readonly copy: DirectoryCopy;
  readonly view: TreeView;
  readonly selected: CameraId | null;
  /** Draws the inside of a camera's line. */
  readonly CameraLine: ComponentType<{ readonly camera: Camera }>;
  /** Draws the inside of a region's line. */
  readonly RegionLine: ComponentType<{ readonly node: RegionNode }>;
  /** A camera was clicked, or Enter pressed on it. */
  readonly onLook: (cameraId: CameraId, by: 'pointer' | 'keyboard') => void;
  /** A key that means nothing to the tree. */
  readonly onOtherKey: (event: KeyboardEvent) => void;
};

/** The territory as a tree with its cameras; thousands of lines, of which only the visible ones are drawn. */
export function CameraTree({ copy, view, selected, CameraLine, RegionLine, onLook, onOtherKey }: Props) {
  const { t } = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const state = useStore(view.store);
  const rows = view.rows(copy);
  const cursorIndex = rows.findIndex((row) => rowKey(row) === state.cursor);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: 12,
  });
  useEffect(() => {
    if (cursorIndex >= 0) virtualizer.scrollToIndex(cursorIndex, { align: 'auto' });
  }, [cursorIndex, virtualizer]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (markByKey({ event, copy, view })) return event.preventDefault();
    const isTreeKey = /^(Arrow|Page|Home$|End$|Enter$| $)/.test(event.key) && !event.ctrlKey && !event.altKey;
    if (!isTreeKey) return onOtherKey(event);
    event.preventDefault();
    const cameraId = view.press(copy, event.key);
    if (cameraId !== null) onLook(cameraId, 'keyboard');
  };
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      role="tree"
      tabIndex={0}
      id="camera-tree"
      aria-label={t('directory:tree.label')}
      aria-activedescendant={state.cursor === null ? undefined : `tree-${state.cursor}`}
      onKeyDown={onKeyDown}
    >
      <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          const key = rowKey(row);
          return (
            <div
              key={key}
              id={`tree-${key}`}
              className={classes.row}
              role="treeitem"
              aria-level={row.depth + 1}
              aria-selected={row.kind === 'camera' && (row.camera.id === selected || state.marked.has(row.camera.id))}
              data-marked={row.kind === 'camera' && state.marked.has(row.camera.id)}
              aria-expanded={row.kind === 'region' ? row.isOpen : undefined}
              data-cursor={state.cursor === key}
              style={{ transform: `translateY(${start}px)`, height: rowPx, paddingLeft: 10 + row.depth * 14 }}
              onClick={(event) => {
                if (event.shiftKey) return view.markTo(copy, key);
                view.setCursor(key);
                if (row.kind === 'camera' && (event.ctrlKey || event.metaKey)) return view.mark(row.camera.id);
                view.unmark();
                if (row.kind === 'region') view.toggle(row.node.region.id);
                else onLook(row.camera.id, 'pointer');
              }}
            >
              {row.kind === 'region' ? (
                <Region node={row.node} isOpen={row.isOpen} RegionLine={RegionLine} />
              ) : (
                <CameraLine camera={row.camera} />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Ctrl+Space marks the camera at the cursor, Shift and an arrow marks on from it, Escape forgets the marks. */
function markByKey({ event, copy, view }: { event: KeyboardEvent; copy: DirectoryCopy; view: TreeView }): boolean {
  const rows = view.rows(copy);
  const { cursor, marked } = view.store.getState();
  const at = rows.findIndex((row) => rowKey(row) === cursor);
  const row = rows[at];
  if (event.key === ' ' && event.ctrlKey && row?.kind === 'camera') {
    view.mark(row.camera.id);
    return true;
  }
  if (event.key === 'Escape' && marked.size > 0) {
    view.unmark();
    return true;
  }
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const next = rows[at + step];
  if (step === 0 || !event.shiftKey || next === undefined) return false;
  view.markTo(copy, rowKey(next));
  return true;
}

type RegionProps = { readonly node: RegionNode; readonly isOpen: boolean } & Pick<Props, 'RegionLine'>;

function Region({ node, isOpen, RegionLine }: RegionProps) {
  const { t, number } = useTexts();
  return (
    <>
      <svg className={classes.chevron} viewBox="0 0 10 10" data-open={isOpen} aria-hidden="true">
        <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
      </svg>
      <span className={classes.region} data-level={node.region.level}>
        <RegionLine node={node} />
      </span>
      <span className={classes.count} title={t('directory:tree.countTitle')}>
        {node.connectedCount > 0 && <span className={classes.connected}>{number(node.connectedCount)}</span>}
        {number(node.cameraCount)}
      </span>
    </>
  );
}
