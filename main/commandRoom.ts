import path from 'node:path';
import type { LinkStatus, PlatformTrust, PresentDisplay, Room, RoomWarning, WindowIdentity } from '#contract/bridge/index.ts';
import { cameraOf, protocolVersion } from '#contract/bus/index.ts';
import { createLink, type Link } from '#contract/link/index.ts';
import type { CameraId } from '#contract/values/index.ts';
import { type Access, createAccess, type DeviceIdentity, fetchDemoAccounts, loginAsDemo, type OpenSession } from './access/index.ts';
import type { AppPorts } from './app.ts';
import { createHeadsKeeper } from './audit/index.ts';
import { type BridgeWindow, serveWindow } from './bridge/index.ts';
import { createGlass, createThumbnails, createViewRights, type Glass, type Thumbnails, type ViewRights } from './cameras/index.ts';
import { type Directory, openDirectory } from './directory/index.ts';
import { createLinkJournal, createPlatformHttp, createSocketTransport, type PlatformHttp } from './link/index.ts';
import { newCommandId, sha256 } from './machine/index.ts';
import { type MapMemory, openMapMemory, openRoomMap, type PackKeeper } from './map/index.ts';
import { createPlatformAnswers } from './platformAnswers.ts';
import { createPositions, fetchRoster, type Positions } from './responders/index.ts';
import { createFollower, createRoomState, eventsFor, type Follower, type RoomState } from './room/index.ts';
import { openSettings, type Settings } from './settings/index.ts';
import type { Channel } from './shell/index.ts';
import { journalFormats } from './journalFormats.ts';
import { openJournalFile } from './storage/index.ts';
import { openRoomTrust, type PlatformTrustStore } from './trust/index.ts';
import { createSceneFiller, openWallStore, type WallStore } from './wall/index.ts';
import { answersFor } from './windowAnswers.ts';
import { createRoomWindows, createSilenceWatch, type RoomWindows } from './windows/index.ts';

/** Opens every part of a command room and joins them. Each closer stands on the line after its opener. */
export async function openCommandRoom(ports: AppPorts, closers: AsyncDisposableStack): Promise<void> {
  await new CommandRoom(ports, closers).open();
}

type Served = { readonly identity: WindowIdentity; readonly bridge: BridgeWindow };

/** The joints between the parts: what one tells is handed to the others by calling them (style.md 7). */
class CommandRoom {
  readonly #ports: AppPorts;
  readonly #closers: AsyncDisposableStack;
  readonly #served = new Set<Served>();
  readonly #warnings: Set<RoomWarning>;
  #settings!: Settings;
  #trust!: PlatformTrustStore;
  #http!: PlatformHttp;
  #wall!: WallStore;
  #directory!: Directory;
  #room!: RoomState;
  #glass!: Glass;
  #thumbnails!: Thumbnails;
  #link!: Link;
  #rights!: ViewRights;
  #follower!: Follower;
  #positions!: Positions;
  #map!: PackKeeper;
  #mapMemory!: MapMemory;
  #access!: Access;
  #windows!: RoomWindows;
  #fillScenes: () => void = () => {};
  #silence!: ReturnType<typeof createSilenceWatch>;

  constructor(ports: AppPorts, closers: AsyncDisposableStack) {
    this.#ports = ports;
    this.#closers = closers;
    this.#warnings = new Set(ports.shell.warnings);
  }

  async open(): Promise<void> {
    await this.#openStores();
    this.#openRoomState();
    await this.#openLink();
    this.#openWindows();
    await this.#access.start();
    await this.#windows.start();
    this.#closers.defer(this.#ports.shell.power.keepDisplaysAwake());
    this.#startDemo();
  }

  #file(name: string): string {
    return path.join(this.#ports.dataDir, name);
  }

  #trustChanged(trust: PlatformTrust): void {
    this.#warn('platformNotBelieved', { isRaised: trust.kind === 'unknown' || trust.kind === 'refused' });
    this.#room.change({ trust });
  }

  async #openStores(): Promise<void> {
    const { timers, randomness, log, platformUrl, language } = this.#ports;
    const file = this.#file('trust.json');
    this.#trust = await openRoomTrust({ ...this.#ports, file, onChange: (trust) => this.#trustChanged(trust) });
    if (this.#trust.state().kind === 'unknown') this.#warnings.add('platformNotBelieved');
    this.#settings = await openSettings({ file: this.#file('settings.json'), startLanguage: language, log });
    this.#mapMemory = await openMapMemory({ folder: this.#ports.dataDir, timers, log, closers: this.#closers });
    const journal = openJournalFile({ file: this.#file('wall/journal.jsonl'), log, format: journalFormats.wall });
    this.#closers.defer(() => journal.close());
    this.#wall = await openWallStore({
      journal,
      nowMs: () => this.#platformNowMs(),
      newCommandId,
      log,
      onChange: (change) => this.#follower.wallChanged(change),
      onJournal: (state) => this.#warn('wallJournalReadOnly', { isRaised: state === 'readOnly' }),
    });
    const http = createPlatformHttp({ platformUrl, trust: this.#trust, log });
    this.#http = http;
    this.#directory = await openDirectory({
      http,
      bearer: () => this.#deviceBearer(),
      cacheFile: this.#file('directory/copy.json'),
      timers,
      randomness,
      log,
      onCopy: () => {
        this.#room.change({ directoryRevision: this.#directory.revision() });
        this.#fillScenes();
      },
    });
    this.#closers.defer(() => this.#directory.close());
    const filler = createSceneFiller({ wall: this.#wall, directory: this.#directory });
    this.#fillScenes = () => void filler.fill().catch((error: unknown) => log.error({ err: error }, 'the first scene was not filled'));
    this.#access = createAccess({
      http,
      secrets: this.#ports.shell.secrets,
      log,
      onPerson: (session) => this.#personChanged(session),
      onDevice: async (device) => this.#connect(device),
    });
  }

  #openRoomState(): void {
    const { shell, timers, clock } = this.#ports;
    const start: Room = {
      shell: shell.name,
      county: null,
      language: this.#settings.language(),
      platformOffsetMs: 0,
      link: notEnrolled(clock.nowMs()),
      waiting: { own: [], others: [] },
      continuity: { sinceMs: clock.nowMs(), from: 'roomStart', missed: 0, lag: null, feeds: [], healed: [], unknownFacts: 0 },
      person: null,
      warnings: [...this.#warnings],
      trust: this.#trust.state(),
      displays: [],
      wall: this.#wall.state(),
      cameras: [],
      ...this.#mapMemory.room(),
      directoryRevision: this.#directory.revision(),
      responders: { directoryRevision: 0, count: 0 },
      glass: [],
      demoAccounts: [],
    };
    this.#room = createRoomState({
      start,
      onEvents: (events) => {
        for (const { identity, bridge } of this.#served) bridge.tell(eventsFor(identity.kind, events));
      },
    });
    this.#glass = createGlass({
      timers,
      onReport: (report) => {
        this.#thumbnails.see(report);
        this.#room.follow({ glass: [...this.#glass.reports()] }, [{ kind: 'glass', report }]);
      },
    });
    this.#closers.defer(() => this.#glass.close());
    this.#thumbnails = createThumbnails({ clock, mayLook: () => this.#access.person() !== null });
  }

  async #openLink(): Promise<void> {
    const { clock, timers, randomness, log, platformUrl } = this.#ports;
    this.#follower = createFollower({
      room: this.#room,
      wall: this.#wall,
      directory: this.#directory,
      ship: () => this.#link.shipDeskFacts(),
      onOlder: () => this.#warn('olderThanPlatform', { isRaised: true }),
    });
    this.#openPositions();
    this.#map = await openRoomMap({ ...this.#ports, trust: this.#trust, room: this.#room, bearer: () => this.#deviceBearer() });
    this.#closers.defer(() => this.#map.close());
    const heads = createHeadsKeeper({ folder: this.#file('signed-heads'), log });
    this.#closers.defer(() => heads.close());
    const outbox = openJournalFile({ file: this.#file('link/outbox.jsonl'), log, format: journalFormats.outbox });
    this.#closers.defer(() => outbox.close());
    const done = openJournalFile({ file: this.#file('link/done.jsonl'), log, format: journalFormats.done });
    this.#closers.defer(() => done.close());
    this.#rights = createViewRights({ link: { ask: (question) => this.#link.ask(question), status: () => this.#link.status() } });
    this.#link = createLink({
      transport: createSocketTransport({ platformUrl, trust: this.#trust }),
      journal: createLinkJournal(outbox),
      doneJournal: createLinkJournal(done),
      deskFacts: this.#wall.deskFacts,
      clock,
      timers,
      randomness,
      sha256,
      log,
      onFacts: (facts) => {
        this.#follower.facts(facts);
        this.#tellWaiting();
      },
      onSnapshot: (taken) => {
        this.#follower.snapshot(taken);
        this.#tellWaiting();
      },
      versionOf: (command) => this.#cameraVersion(cameraOf(command)),
      onWaiting: () => this.#tellWaiting(),
      onSettled: ({ commandId, refusal }) => this.#room.tell([{ kind: 'commandSettled', commandId, refusal }]),
      onStatus: (status) => {
        this.#room.change({ link: status });
        if (status.kind === 'refused' && status.code === 'access.unknownDevice') void this.#deviceUnknown();
      },
      onContinuity: () => this.#tellContinuity(),
      onWelcome: (welcome) => {
        this.#warn('demo', { isRaised: welcome.isDemo });
        this.#map.look();
        const device = this.#access.device();
        if (device !== null) void this.#follower.welcome(welcome, device.deskId);
      },
      onSessionEnded: () => this.#access.sessionEnded(),
      onDirectory: (told) => this.#follower.directory(told),
      onSignedHeads: (signed) => void heads.keep(signed),
      onPositions: (frame) => this.#positions.take(frame),
      onClockOffset: (platformOffsetMs) => this.#room.change({ platformOffsetMs }),
    });
    this.#closers.defer(() => this.#link.close());
    await this.#link.load();
  }

  #openPositions(): void {
    const { timers, randomness, log } = this.#ports;
    const http = this.#http;
    this.#positions = createPositions({
      fetchRoster: () => {
        // As whoever the platform numbers the frames for: the person while somebody is logged in, otherwise the workstation.
        const bearer = this.#access.person()?.session ?? this.#deviceBearer();
        return bearer === null ? null : fetchRoster({ http, bearer });
      },
      askWhole: () => this.#link.askWholePositions(),
      onRoster: (responders) => this.#room.change({ responders }),
      timers,
      randomness,
      log,
    });
    this.#closers.defer(() => this.#positions.close());
  }

  /** Null until the record was read: nobody has looked at anything then. */
  #cameraVersion(cameraId: CameraId | null): number | null {
    if (cameraId === null) return null;
    if (!this.#link.positions().some(({ feed }) => !feed.startsWith('desk/'))) return null;
    return this.#room.current().cameras.find((camera) => camera.cameraId === cameraId)?.version ?? 0;
  }

  #tellWaiting(): void {
    const { own, others } = this.#link.waiting();
    const offsetMs = this.#room.current().platformOffsetMs;
    this.#room.change({ waiting: { own: own.map((entry) => ({ ...entry, askedAtMs: entry.askedAtMs + offsetMs })), others } });
  }

  #tellContinuity(): void {
    this.#room.change({ continuity: { ...this.#link.continuity(), unknownFacts: this.#follower.unknownFacts() } });
  }

  #openWindows(): void {
    const { shell, clock, timers, log } = this.#ports;
    this.#silence = createSilenceWatch({
      timers,
      onSilent: (windowId) => {
        log.warn({ windowId }, 'a wall window stopped reporting: its page is loaded again');
        this.#windows.reload(windowId);
      },
    });
    this.#closers.defer(() => this.#silence.close());
    this.#windows = createRoomWindows({
      shell,
      clock,
      timers,
      log,
      language: () => this.#room.current().language,
      onDisplays: (displays) => this.#displaysChanged(displays),
      onChannel: ({ identity, channel }) => this.#serve(identity, channel),
      onWallGone: (displayKey) => {
        this.#glass.forget(displayKey);
        this.#thumbnails.forget(displayKey);
        this.#room.change({ glass: [...this.#glass.reports()] });
      },
    });
    this.#closers.defer(() => this.#windows.close());
  }

  #serve(identity: WindowIdentity, channel: Channel): void {
    const { log } = this.#ports;
    const follower = this.#positions.follow({ send: (frame) => bridge.tellPositions(frame) });
    const thumbnailFollower = this.#thumbnails.follow({ send: (frame) => bridge.tellThumbnail(frame) });
    const answers = answersFor(identity, {
      link: this.#link,
      rights: this.#rights,
      access: this.#access,
      directory: this.#directory,
      positions: this.#positions,
      follower,
      wall: this.#wall,
      glass: this.#glass,
      thumbnails: this.#thumbnails,
      thumbnailFollower,
      room: this.#room,
      settings: this.#settings,
      newCommandId,
      trust: this.#trust,
      ...{ mapMemory: this.#mapMemory, basemap: this.#ports.basemap },
      ...createPlatformAnswers({
        http: this.#http,
        session: () => this.#access.person()?.session ?? null,
        deviceBearer: () => this.#deviceBearer(),
      }),
      log,
      onGlass: () => this.#watchSilence(identity),
    });
    const bridge = serveWindow({ channel, identity, answers, log, room: () => this.#room.current() });
    const served = { identity, bridge };
    this.#served.add(served);
    channel.onClosed(() => {
      this.#served.delete(served);
      follower.close();
      thumbnailFollower.close();
      this.#silence.forget(identity.windowId);
    });
  }

  /** A tab in the background may be put to sleep by its browser: that is not a dead window. */
  #watchSilence({ windowId }: WindowIdentity): void {
    if (this.#ports.shell.name !== 'tab') this.#silence.heard(windowId);
  }

  async #displaysChanged(displays: readonly PresentDisplay[]): Promise<void> {
    // Numbers are given in the order of seeing, for ever: the primary display is 1, then from left to right as people sit.
    const inOrder = displays.toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary) || a.y - b.y || a.x - b.x);
    for (const { displayKey, keySource, widthPx, heightPx } of inOrder) {
      await this.#wall.ask({ type: 'wall.seeDisplay', displayKey, keySource, widthPx, heightPx }, { personId: null });
    }
    this.#room.change({ displays: [...displays] });
    this.#fillScenes();
  }

  #personChanged(session: OpenSession | null): void {
    this.#room.change({ person: session?.person ?? null });
    this.#link.attach(session === null ? null : { personId: session.person.personId, session: session.session });
  }

  #connect({ deskId, deviceKey }: DeviceIdentity): void {
    this.#link.open({ protocolVersion, deskId, deviceKey });
  }

  async #deviceUnknown(): Promise<void> {
    await this.#access.deviceUnknown();
    if (this.#access.device() !== null) return;
    this.#link.close();
    this.#room.change({ link: notEnrolled(this.#ports.clock.nowMs()) });
    this.#access.sessionEnded();
    // A demo platform was set up anew under a running room: log in again by itself, as at the start.
    this.#startDemo();
  }

  #startDemo(): void {
    const { demoLogin, timers, randomness, log } = this.#ports;
    const http = this.#http;
    this.#closers.defer(
      fetchDemoAccounts({
        http,
        timers,
        randomness,
        onAccounts: (accounts) => {
          this.#room.change({ demoAccounts: [...accounts] });
          if (accounts.length > 0) this.#warn('demo', { isRaised: true });
        },
      }),
    );
    if (demoLogin === null) return;
    this.#closers.defer(loginAsDemo({ account: demoLogin, access: this.#access, http, timers, randomness, log }));
  }

  #warn(warning: RoomWarning, { isRaised }: { isRaised: boolean }): void {
    if (isRaised) this.#warnings.add(warning);
    else this.#warnings.delete(warning);
    this.#room.change({ warnings: [...this.#warnings] });
  }

  #platformNowMs(): number {
    return this.#ports.clock.nowMs() + (this.#room?.current().platformOffsetMs ?? 0);
  }

  #deviceBearer(): string | null {
    const device = this.#access.device();
    return device === null ? null : `${device.deskId}:${device.deviceKey}`;
  }
}

/** The link of a desk that nobody has enrolled yet: there is nothing to connect with. */
function notEnrolled(sinceMs: number): LinkStatus {
  return { kind: 'refused', sinceMs, code: 'access.notEnrolled', feeds: 0, healedGaps: 0, missed: 0, waiting: 0, lostCommands: [] };
}
