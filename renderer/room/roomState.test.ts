import { describe, expect, test } from 'vitest';
import type { Hello, RoomEvent } from '#contract/bridge/index.ts';
import type { Fact } from '#contract/record/index.ts';
import type { CameraId, WindowId } from '#contract/values/index.ts';
import { emptyWall } from '#contract/wall/index.ts';
import { foldRoom, roomFromHello } from './roomState.ts';

const hello: Hello = {
  window: { kind: 'console', windowId: 'w1' as WindowId },
  room: {
    shell: 'tab',
    county: null,
    language: 'zh',
    platformOffsetMs: 5,
    link: { kind: 'live', sinceMs: 0, code: null, feeds: 3, healedGaps: 0, missed: 0, waiting: 0, lostCommands: [] },
    continuity: { sinceMs: 0, from: 'roomStart', missed: 0, lag: null, feeds: [], healed: [], unknownFacts: 0 },
    waiting: { own: [], others: [] },
    person: null,
    warnings: ['demo'],
    displays: [],
    wall: emptyWall,
    cameras: [{ cameraId: 'c1' as CameraId, version: 1, source: { kind: 'normal' }, fault: null }],
    directoryRevision: 1,
    responders: { directoryRevision: 0, count: 0 },
    glass: [],
    demoAccounts: [],
  },
};

function told({ type, payload, atMs = 1_000 }: { type: string; payload: object; atMs?: number }): RoomEvent {
  const fact = { type, v: 1, atMs, payload: JSON.stringify(payload) } as Fact;
  return { kind: 'facts', facts: [{ feed: 'county/anlan' as never, fact }] };
}

const seen = { displayKey: 'HDMI-1', keySource: 'edid', widthPx: 1920, heightPx: 1080, number: 1 };

describe('the room of a window', () => {
  const room = roomFromHello(hello);

  test('folds facts as everybody does: wall, camera conditions, directory', () => {
    const after = foldRoom(room, [
      told({ type: 'wall.displaySeen', payload: { version: 1, ...seen } }),
      told({ type: 'wall.layoutChanged', payload: { version: 2, displayKey: 'HDMI-1', layout: 9 } }),
      told({ type: 'cameras.faultReported', payload: { cameraId: 'c1', version: 2, fault: 'blurred' } }),
    ]);
    expect(after.wall.displays.map(({ displayKey, layout }) => ({ displayKey, layout }))).toEqual([{ displayKey: 'HDMI-1', layout: 9 }]);
    expect(after.cameras.get('c1' as CameraId)?.fault).toEqual({ kind: 'blurred', reportedAtMs: 1_000 });
  });

  test('is the same after a fact that comes twice', () => {
    const fact = told({ type: 'wall.displaySeen', payload: { version: 1, ...seen } });
    const once = foldRoom(room, [fact]);
    expect(foldRoom(once, [fact])).toEqual(once);
  });

  test('counts what it cannot read and goes on', () => {
    const after = foldRoom(room, [
      told({ type: 'wall.somethingNewer', payload: {} }),
      told({ type: 'wall.displaySeen', payload: { version: 1, ...seen } }),
    ]);
    expect({ unknown: after.unknownFacts, displays: after.wall.displays.length }).toEqual({ unknown: 1, displays: 1 });
  });

  test('replaces named parts and keeps the others', () => {
    const after = foldRoom(room, [{ kind: 'room', changes: { language: 'en', cameras: [] } }]);
    expect({ ...after, cameras: after.cameras.size }).toEqual({ ...room, language: 'en', cameras: 0 });
  });

  test('keeps one glass report per display, the newest', () => {
    const report = (atMs: number): RoomEvent => ({ kind: 'glass', report: { displayKey: 'HDMI-1' as never, atMs, cells: [] } });
    expect(foldRoom(room, [report(1), report(2)]).glass.map(({ atMs }) => atMs)).toEqual([2]);
  });
});
