import { describe, expect, test } from 'vitest';
import type { Camera } from '#contract/cameras/index.ts';
import type { Region } from '#contract/directory/index.ts';
import type { DirectoryCopy } from './directoryCopy.ts';
import { buildTree, pathTo, rowKey, visibleRows } from './tree.ts';
import { createTreeView } from './treeView.ts';

function buildCopy(): DirectoryCopy {
  const region = (id: string, parentId: string | null) => ({ id, parentId, level: parentId === null ? 'town' : 'village' }) as Region;
  const camera = (id: string, streams: Camera['streams']) => ({ id, number: id, regionId: 'village', streams }) as Camera;
  const regions = [region('town', null), region('village', 'town')];
  const cameras = [camera('c1', []), camera('c2', []), camera('c3', ['sub'])];
  return {
    revision: 1,
    regions: new Map(regions.map((entry) => [entry.id, entry])),
    cameras: new Map(cameras.map((entry) => [entry.id, entry])),
    tree: buildTree({ regions, cameras }),
  };
}

describe('the tree of a territory', () => {
  const copy = buildCopy();
  const keysOf = (opened: readonly string[], shown: 'all' | 'connected' = 'all') =>
    visibleRows({ tree: copy.tree, opened: new Set(opened) as never, shown }).map(rowKey);

  test('counts cameras and connected ones of everything below a region', () => {
    const [root] = copy.tree.roots;
    expect({ cameras: root?.cameraCount, connected: root?.connectedCount }).toEqual({ cameras: 3, connected: 1 });
  });

  test('shows what is opened, connected cameras first', () => {
    expect(keysOf([])).toEqual(['region/town']);
    expect(keysOf(['town', 'village'])).toEqual(['region/town', 'region/village', 'camera/c3', 'camera/c1', 'camera/c2']);
  });

  test('leaves out unconnected cameras and regions that hold only such', () => {
    expect(keysOf(['town', 'village'], 'connected')).toEqual(['region/town', 'region/village', 'camera/c3']);
  });

  test('knows the way up from a region', () => {
    expect(pathTo(copy.tree, 'village' as never)).toEqual(['town', 'village']);
  });

  test('obeys the keys of a tree, and Enter on a camera looks at it', () => {
    const view = createTreeView();
    const cursor = () => view.store.getState().cursor;
    view.press(copy, 'ArrowDown');
    expect(cursor()).toBe('region/town');
    view.press(copy, 'ArrowRight');
    view.press(copy, 'ArrowRight');
    expect(cursor()).toBe('region/village');
    view.press(copy, 'Enter');
    view.press(copy, 'End');
    expect(cursor()).toBe('camera/c2');
    expect(view.press(copy, 'Enter')).toBe('c2');
    view.press(copy, 'ArrowLeft');
    expect(cursor()).toBe('region/village');
    view.press(copy, 'ArrowLeft');
    expect(view.rows(copy).map(rowKey)).toEqual(['region/town', 'region/village']);
    expect(view.press(copy, 'q')).toBeNull();
  });

  test('reveals a camera by opening everything above it', () => {
    const view = createTreeView();
    const camera = [...copy.cameras.values()][0];
    if (camera === undefined) throw new Error('the county has no camera');
    view.reveal(copy, camera);
    expect(view.rows(copy).map(rowKey)).toContain(`camera/${camera.id}`);
    expect(view.store.getState().cursor).toBe(`camera/${camera.id}`);
  });

  test('marks cameras one by one and from line to line, without the regions between them', () => {
    const view = createTreeView();
    const marked = () => [...view.store.getState().marked];
    for (const region of ['town', 'village']) view.toggle(region as never);
    view.mark('c2' as never);
    view.setCursor('region/village');
    view.markTo(copy, 'camera/c1');
    expect(marked()).toEqual(['c2', 'c3', 'c1']);
    view.mark('c2' as never);
    expect(marked()).toEqual(['c3', 'c1']);
    view.unmark();
    expect(marked()).toEqual([]);
  });
});
