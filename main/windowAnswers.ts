import type { WindowIdentity } from '#contract/bridge/index.ts';
import type { DeskCommand } from '#contract/bus/index.ts';
import type { Link, LinkLog } from '#contract/link/index.ts';
import { type CommandId, granted, type Result, refused } from '#contract/values/index.ts';
import type { Access } from './access/index.ts';
import type { WindowAnswers } from './bridge/index.ts';
import {
  askFollow,
  askLift,
  askProbe,
  askSteer,
  type Glass,
  openParticulars,
  type ThumbnailFollower,
  type Thumbnails,
  type ViewRights,
} from './cameras/index.ts';
import type { Directory } from './directory/index.ts';
import { listEvidence, openEvidence, takeSnapshot } from './evidence/index.ts';
import type { PlatformAnswers } from './platformAnswers.ts';
import type { Follower, Positions } from './responders/index.ts';
import { type DeskBasemap, type MapMemory, packAlone } from './map/index.ts';
import type { RoomState } from './room/index.ts';
import type { Settings } from './settings/index.ts';
import type { PlatformTrustStore } from './trust/index.ts';
import type { WallStore } from './wall/index.ts';

/** What windows may ask for, each behind its door. */
export type Answering = PlatformAnswers & {
  readonly link: Link;
  readonly rights: ViewRights;
  readonly access: Access;
  readonly directory: Directory;
  readonly positions: Positions;
  /** This window's share of the positions. */
  readonly follower: Follower;
  readonly wall: WallStore;
  readonly glass: Glass;
  readonly thumbnails: Thumbnails;
  /** This window's share of the small pictures. */
  readonly thumbnailFollower: ThumbnailFollower;
  readonly room: RoomState;
  readonly settings: Settings;
  readonly trust: PlatformTrustStore;
  readonly mapMemory: MapMemory;
  /** Absent = the pack alone. */
  readonly basemap: DeskBasemap | undefined;
  readonly newCommandId: () => CommandId;
  readonly log: LinkLog;
  /** The window has vouched for its glass: a sign of life. */
  readonly onGlass: () => void;
};

/** What main answers to this window. Which of them a window may call at all is the bridge's list (contract/bridge methodsOf). */
export function answersFor(identity: WindowIdentity, parts: Answering): WindowAnswers {
  const { link, access, directory, positions, follower, wall, glass, thumbnails, thumbnailFollower, room, settings } = parts;
  const { trust, rights, newCommandId, log, onGlass, askHealth, askLoadHistory } = parts;
  async function queue(command: DeskCommand): Promise<Result<{ commandId: string }>> {
    const session = access.person();
    if (session === null) return refused('access.notLoggedIn');
    const commandId = newCommandId();
    const { personId, name } = session.person;
    const queued = await link.queue({ commandId, personId, personName: name, command });
    return queued.ok ? granted({ commandId }) : queued;
  }

  return {
    openView: async (request) => {
      const [answer] = await rights.open({ views: [request], windowId: identity.windowId });
      return answer ?? refused('bus.badAnswer');
    },
    openViews: async ({ views }) => granted(await rights.open({ views, windowId: identity.windowId })),
    camerasById: async ({ cameraIds }) => directory.camerasById(cameraIds),
    directoryPage: async (asked) => (asked.kind === 'responders' ? positions.page(asked) : directory.page(asked)),
    cameraHealth: () => askHealth('look'),
    exportCameraHealth: () => askHealth('takeAway'),
    loadHistory: () => askLoadHistory(),
    personNames: (asked) => access.namesOf(asked),
    basemap: async () => (parts.basemap ?? packAlone).served,
    nextPositions: async () => {
      follower.next();
      return null;
    },
    reportGlass: async (report) => {
      onGlass();
      // A window vouches for its own glass only.
      if (identity.kind === 'wall' && report.displayKey === identity.displayKey) glass.report(report);
      else log.warn({ windowId: identity.windowId, displayKey: report.displayKey }, 'a window reported the glass of another display');
      return null;
    },
    reportThumbnail: async (report) => {
      if (identity.kind === 'wall') thumbnails.take(identity.displayKey, report);
      return null;
    },
    followThumbnails: async () => {
      thumbnailFollower.begin();
      return null;
    },
    login: (request) => access.login(request),
    changePassword: (request) => access.changePassword(request),
    logout: async () => {
      await access.logout();
      return null;
    },
    commandWall: async (command) => {
      const session = access.person();
      if (session === null) return refused('access.notLoggedIn');
      // Displays are seen by main, never claimed by a window (contract/wall/rules).
      if (command.type === 'wall.seeDisplay') return refused('access.notAllowed');
      return await wall.ask(command, { personId: session.person.personId });
    },
    commandCamera: (command) => queue(command),
    commandMap: (command) => queue(command),
    shareMap: async (look) => {
      // Who may only look at the walls moves none of their maps.
      const taken = access.person() === null ? null : parts.mapMemory.look(look, identity.windowId);
      if (taken !== null) room.change({ mapLook: taken });
      return null;
    },
    voteCamera: async (asked) => {
      if (access.person() === null) return refused('access.notLoggedIn');
      await parts.mapMemory.votes.vote(asked);
      room.change({ cameraVotes: [...parts.mapMemory.votes.votes()] });
      return granted(null);
    },
    steer: ({ question }) => askSteer(link, question),
    askLift: ({ question }) => askLift(link, question),
    probe: ({ question }) => askProbe(link, question),
    followResponder: (asked) => askFollow(link, { type: 'responders.followOne', ...asked }),
    openParticulars: (asked) => openParticulars(link, asked),
    eraseParticulars: (asked) => queue({ type: 'record.eraseParticulars', ...asked }),
    takeSnapshot: (asked) => takeSnapshot(link, asked),
    listEvidence: (asked) => listEvidence(link, asked),
    openEvidence: (asked) => openEvidence(link, asked),
    eraseEvidence: (asked) => queue({ type: 'evidence.erase', ...asked }),
    settleWaiting: async ({ commandId, word }) => {
      const session = access.person();
      if (session === null) return refused('access.notLoggedIn');
      return await link.settleWaiting({ commandId, word, personId: session.person.personId });
    },
    lostSeen: async ({ commandIds }) => {
      if (access.person() === null) return refused('access.notLoggedIn');
      await link.lostSeen(commandIds);
      return granted(null);
    },
    trustPlatform: ({ fingerprint }) => trust.accept(fingerprint),
    setLanguage: async ({ language }) => {
      await settings.setLanguage(language);
      room.change({ language });
      return null;
    },
  };
}
