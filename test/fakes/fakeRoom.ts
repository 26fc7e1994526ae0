import type { PresentDisplay, Room } from '#contract/bridge/index.ts';
import type { CameraId, PersonId, RegionId } from '#contract/values/index.ts';
import { type DisplayKey, type DisplayScene, emptyWall, type Layout, maxCells, type Tile } from '#contract/wall/index.ts';

/** Displays of a fake room: 1920x1080 unless told otherwise, side by side. */
export function presentDisplay({
  key,
  widthPx = 1920,
  heightPx = 1080,
  index = 0,
}: {
  key: string;
  widthPx?: number;
  heightPx?: number;
  index?: number;
}): PresentDisplay {
  return {
    displayKey: key as DisplayKey,
    keySource: 'connector',
    connector: key,
    x: index * widthPx,
    y: 0,
    widthPx,
    heightPx,
    scale: 1,
    widthMm: null,
    heightMm: null,
    isPrimary: index === 0,
  };
}

/** The scene of a display, its first cells filled with these tiles. */
export function displayScene({
  display,
  number,
  layout,
  tiles,
}: {
  display: PresentDisplay;
  number: number;
  layout: Layout;
  tiles: readonly (Tile | null)[];
}): DisplayScene {
  const { displayKey, keySource, widthPx, heightPx } = display;
  const filled = Array.from({ length: maxCells }, (_, cell) => tiles[cell] ?? null);
  return { displayKey, keySource, number, widthPx, heightPx, layout, tiles: filled };
}

/** A camera tile. */
export function cameraTile(cameraId: string): Tile {
  return { kind: 'camera', content: { cameraId: cameraId as CameraId } };
}

/** A quiet room with somebody signed in; `changes` make it another one. */
export function fakeRoom(changes: Partial<Room> = {}): Room {
  return {
    shell: 'kiosk',
    county: { name: '安澜县', nameEn: 'Anlan County', timeZone: 'Asia/Shanghai' },
    language: 'zh',
    platformOffsetMs: 0,
    link: { kind: 'live', sinceMs: Date.now(), code: null, feeds: 3, healedGaps: 0, missed: 0, waiting: 0, lostCommands: [] },
    continuity: { sinceMs: Date.now(), from: 'roomStart', missed: 0, lag: null, feeds: [], healed: [], unknownFacts: 0 },
    waiting: { own: [], others: [] },
    person: { personId: 'p-duty' as PersonId, name: '王建国', roles: ['dutyOfficer'], territory: ['anlan' as RegionId] },
    warnings: ['demo'],
    displays: [],
    wall: emptyWall,
    cameras: [],
    directoryRevision: 1,
    responders: { directoryRevision: 0, count: 0 },
    glass: [],
    demoAccounts: [
      { account: 'duty', password: 'demo-duty', name: '王建国', roles: ['dutyOfficer'] },
      { account: 'leader', password: 'demo-leader', name: '周文海', roles: ['leader'] },
    ],
    ...changes,
  };
}
