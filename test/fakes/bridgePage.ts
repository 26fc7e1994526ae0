import { createBirpc } from 'birpc';
import type { Hello, MainMethods, Room, RoomEvent, WindowMethods } from '#contract/bridge/index.ts';
import { emptyFeedState, evolveFeed, type FeedState } from '#contract/catalogue/index.ts';
import type { OpenWindow } from '#main/shell/index.ts';
import type { FakePage, FakePageLine } from './fakeShell.ts';

/** A window's page without a screen: says hello, keeps what it is told, and can be made to ask anything. */
export type BridgePage = {
  readonly request: OpenWindow;
  readonly line: FakePageLine;
  readonly main: MainMethods;
  hello(): Hello | null;
  readonly events: readonly RoomEvent[];
  /** Hello's room and everything told since, folded as a real window does. */
  room(): Room;
};

/** Pages for a fake shell: `pages` holds one for each load, newest last. `until` resolves as soon as `isSo` answers true. */
export function createBridgePages() {
  const pages: BridgePage[] = [];
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const look of watchers) look();
  };

  const page: FakePage = (line, request) => {
    const events: RoomEvent[] = [];
    let hello: Hello | null = null;
    let room: Room | null = null;
    const rpc = createBirpc<MainMethods, WindowMethods>(
      {
        roomEvents: (told) => {
          events.push(...told);
          for (const event of told) if (room !== null) room = roomAfter(room, event);
          changed();
        },
      },
      { post: (frame) => line.send(JSON.stringify(frame)), on: (listener) => line.onFrame((frame) => listener(JSON.parse(frame))) },
    );
    const own: BridgePage = {
      request,
      line,
      main: rpc,
      hello: () => hello,
      events,
      room: () => {
        if (room === null) throw new Error('no hello yet');
        return room;
      },
    };
    pages.push(own);
    void rpc.hello({}).then((answer) => {
      hello = answer;
      room = answer.room;
      changed();
    });
  };

  return {
    page,
    pages,
    /** The newest page of a kind that has its hello; for walls of a display. */
    newest: (kind: 'console' | 'wall', displayKey?: string): BridgePage | undefined =>
      pages.findLast(({ request: { identity }, hello }) => {
        const isPlace = displayKey === undefined || (identity.kind === 'wall' && identity.displayKey === displayKey);
        return identity.kind === kind && isPlace && hello() !== null;
      }),
    until: (isSo: () => boolean) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (!isSo()) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
}

function roomAfter(room: Room, event: RoomEvent): Room {
  switch (event.kind) {
    case 'facts': {
      const cameras = new Map(room.cameras.map((condition) => [condition.cameraId, condition]));
      const incidents = new Map(room.incidents?.map((incident) => [incident.incidentId, incident]));
      const drawings = new Map(room.drawings?.map((drawing) => [drawing.id, drawing]));
      const before: FeedState = { ...emptyFeedState, cameras, incidents, drawings, wall: room.wall };
      const after = event.facts.reduce((state, { fact }) => evolveFeed(state, fact), before);
      const lists = { incidents: [...after.incidents.values()], drawings: [...after.drawings.values()] };
      return { ...room, ...lists, wall: after.wall, cameras: [...after.cameras.values()] };
    }
    case 'room':
      return { ...room, ...event.changes } as Room;
    case 'glass':
    case 'commandSettled':
      return room;
  }
}
