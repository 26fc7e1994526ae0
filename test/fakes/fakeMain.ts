import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createBirpc } from 'birpc';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { BridgeOpening, type MethodName, methodsOf, type Room, type RoomEvent, type WindowIdentity } from '#contract/bridge/index.ts';
import type { LiftQuestion, LiftState, MediaGrant, PtzQuestion } from '#contract/cameras/index.ts';
import { type DrawingCommand, type MapLook, type VoteCamera, withVote } from '#contract/map/index.ts';
import { granted, type Result, refused, type WindowId } from '#contract/values/index.ts';
import { decideWall, evolveWall, type GlassReport, type WallCommand } from '#contract/wall/index.ts';
import { openStaticPages } from '#main/shell/index.ts';
import type { BuiltCounty } from '../builders/county.ts';
import { drawnBy } from './fakeDrawings.ts';
import { createFakeProbes } from './fakeProbes.ts';

type Ask = { readonly cameraId: string; readonly quality: 'main' | 'sub'; readonly windowId: WindowId };
type Call = { readonly name: MethodName; readonly message: unknown };

/** Where pictures come from in a test; `connectSrc` are its origins for the windows' policy. */
export type FakeMedia = { openView(asked: Ask): Result<MediaGrant> | Promise<Result<MediaGrant>>; readonly connectSrc: readonly string[] };

/** Main and window server in one small process-local twin: serves the built windows and speaks the bridge, without platform or shell. */
export type FakeMain = {
  readonly url: string;
  /** Everything windows asked, in order. */
  readonly calls: readonly Call[];
  room(): Room;
  /** Changes parts of the room and tells every window. */
  change(changes: Partial<Room>): void;
  /** Tells every window. */
  tell(events: readonly RoomEvent[]): void;
  /** URL of a window's page with a fresh one-time code. */
  pageFor(identity: { kind: 'console' } | { kind: 'wall'; displayKey: string }): string;
  /** Ends all bridge sockets, as a restart of main would. */
  cutBridges(): void;
  /** Ends them as when a newer page of the same window took over. */
  replaceBridges(): void;
  close(): Promise<void>;
};

const outputFolder = path.resolve(import.meta.dirname, '../../dist/renderer');

/** What kiosk/bridgeSockets closes with when a newer page of the same window took over. */
const replacedCode = 4409;

/** Starts it on a free port of loopback. */
export async function startFakeMain({
  room: first,
  county,
  media,
}: {
  room: Room;
  county: BuiltCounty;
  media: FakeMedia;
}): Promise<FakeMain> {
  let room = first;
  const calls: Call[] = [];
  const codes = new Map<string, WindowIdentity>();
  const tokens = new Map<string, WindowIdentity>();
  const windows = new Set<{ socket: WebSocket; tell(events: readonly RoomEvent[]): void }>();
  const tellAll = (events: readonly RoomEvent[]) => {
    for (const window of windows) window.tell(events);
  };
  const change = (changes: Partial<Room>) => {
    room = { ...room, ...changes };
    tellAll([{ kind: 'room', changes }]);
  };
  const http = serveWindows(media.connectSrc);
  const sockets = new WebSocketServer({ server: http, path: '/bridge' });
  const commandWall = (command: WallCommand): Result<null> => {
    const decided = decideWall(room.wall, command);
    if (!decided.ok) return decided;
    change({ wall: decided.value.reduce(evolveWall, room.wall) });
    return granted(null);
  };
  const ordered = {
    commandWall,
    voteCamera: (asked: VoteCamera): Result<null> => {
      change({ cameraVotes: [...withVote(room.cameraVotes ?? [], asked)] });
      return granted(null);
    },
    commandMap: (command: DrawingCommand): Result<{ commandId: string }> => {
      const drawings = drawnBy(room, command);
      if (drawings.ok) change({ drawings: [...drawings.value] });
      return drawings.ok ? granted({ commandId: randomUUID() }) : drawings;
    },
    shareMap: (look: MapLook, by: WindowId) => {
      change({ mapLook: { ...look, by } });
      return null;
    },
  };
  const keepGlass = (report: GlassReport) => {
    room = { ...room, glass: [...room.glass.filter(({ displayKey }) => displayKey !== report.displayKey), report] };
    tellAll([{ kind: 'glass', report }]);
    return null;
  };
  const aboutCamera = { steer: steered, askLift: createFakeLifts().answer, probe: createFakeProbes() };
  const answer = (identity: WindowIdentity, name: Exclude<MethodName, 'openViews'>, message: never): unknown => {
    calls.push({ name, message });
    if (isCredit(name)) return null;
    if (isAside(name)) return aside(name);
    if (isOrdered(name)) return ordered[name](message, identity.windowId);
    if (isAboutCamera(name)) return aboutCamera[name]((message as { question: never }).question);
    switch (name) {
      case 'hello':
        return { window: identity, room, methods: methodsOf[identity.kind] };
      case 'openView':
        return media.openView({ ...(message as object), windowId: identity.windowId } as Ask);
      case 'camerasById':
        return county.cameras.filter(({ id }) => (message as { cameraIds: string[] }).cameraIds.includes(id));
      case 'directoryPage':
        return pageOf({ county, ...(message as { kind: string; offset: number }), revision: room.directoryRevision });
      case 'personNames':
        return namesIn(room, message);
      case 'reportGlass':
        return keepGlass(message);
      case 'login':
        return logIn(message);
      case 'logout':
        change({ person: null });
        return null;
      case 'commandCamera':
      case 'eraseParticulars':
        return granted({ commandId: randomUUID() });
      case 'openParticulars':
        return granted({ kind: 'text', text: '镜头被树枝挡住，已告知村委会', createdAtMs: 1_763_800_000_000 });
      case 'settleWaiting': {
        const { commandId } = message as { commandId: string };
        change({ waiting: { ...room.waiting, own: room.waiting.own.filter((entry) => entry.commandId !== commandId) } });
        return granted(null);
      }
      case 'lostSeen':
        change({ link: { ...room.link, lostCommands: [] } });
        return granted(null);
      case 'trustPlatform':
        change({ trust: { kind: 'trusted', authorityFingerprint: (message as { fingerprint: string }).fingerprint } });
        return granted(null);
      case 'setLanguage':
        change(message);
        return null;
    }
  };
  /** Each view of a batch is among the calls by itself too, for whoever counts views. */
  const answerAny = async (identity: WindowIdentity, name: MethodName, message: never): Promise<unknown> => {
    if (name !== 'openViews') return answer(identity, name, message);
    calls.push({ name, message });
    const { views } = message as { views: readonly never[] };
    return granted(await Promise.all(views.map(async (view) => await answer(identity, 'openView', view))));
  };
  const logIn = ({ account, password }: { account: string; password: string }) => {
    const known = room.demoAccounts.find((demo) => demo.account === account && demo.password === password);
    if (known === undefined) return refused('access.wrongPassword');
    const person = { personId: `p-${account}`, name: known.name, roles: known.roles, territory: ['anlan'] } as unknown as Room['person'];
    change({ person });
    return granted(person);
  };
  sockets.on('connection', (socket) => {
    socket.once('message', (bytes) => {
      const opening = BridgeOpening.parse(JSON.parse(textOf(bytes)));
      const identity = opening.type === 'code' ? codes.get(opening.code) : tokens.get(opening.token);
      if (opening.type === 'code') codes.delete(opening.code);
      if (identity === undefined) return socket.close(4401);
      const token = opening.type === 'token' ? opening.token : randomBytes(24).toString('hex');
      tokens.set(token, identity);
      socket.send(JSON.stringify({ type: 'opened', token, windowId: identity.windowId }));
      openRpc(socket, identity);
    });
  });
  const openRpc = (socket: WebSocket, identity: WindowIdentity) => {
    type Methods = { roomEvents(events: readonly RoomEvent[]): void };
    const rpc = createBirpc<Methods, object, false>(
      {},
      {
        proxify: false,
        post: (frame: string) => socket.send(frame),
        on: (receive) => void socket.on('message', (bytes) => receive(textOf(bytes))),
        serialize: (message) => JSON.stringify(message),
        deserialize: (frame: string) => JSON.parse(frame) as unknown,
        resolver: (name) => (message: unknown) => answerAny(identity, name as MethodName, message as never),
      },
    );
    const window = { socket, tell: (events: readonly RoomEvent[]) => void rpc.$callEvent('roomEvents', events) };
    windows.add(window);
    socket.on('close', () => windows.delete(window));
  };
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url,
    calls,
    room: () => room,
    change,
    tell: tellAll,
    pageFor: (identity) => {
      const code = randomBytes(24).toString('hex');
      const windowId = `w-${randomBytes(6).toString('hex')}`;
      codes.set(code, { ...identity, windowId } as WindowIdentity);
      return `${url}/${identity.kind}.html#code=${code}`;
    },
    cutBridges: () => {
      for (const { socket } of windows) socket.terminate();
    },
    replaceBridges: () => {
      for (const { socket } of windows) socket.close(replacedCode);
    },
    close: async () => {
      for (const { socket } of windows) socket.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/** ws hands text over as one Buffer (its default `binaryType`). */
function textOf(bytes: RawData): string {
  return Buffer.isBuffer(bytes) ? bytes.toString('utf8') : '';
}

/** Everybody with a demo account has drawn something, and nobody else. With the line down the platform names nobody. */
function namesIn({ link, demoAccounts }: Room, { personIds }: { personIds: readonly string[] }): Result<unknown> {
  if (link.kind !== 'live') return refused('bus.unreachable');
  const people = demoAccounts.map(({ account, name, roles }) => ({ personId: `p-${account}`, name, roles }));
  return granted({ people: people.filter(({ personId }) => personIds.includes(personId)) });
}

function pageOf({ county, kind, offset, revision }: { county: BuiltCounty; kind: string; offset: number; revision: number }) {
  const kinds: Readonly<Record<string, readonly unknown[] | undefined>> = { ...county };
  const rows = kinds[kind] ?? [];
  const page = rows.slice(offset, offset + 1000);
  const nextOffset = offset + page.length < rows.length ? offset + page.length : null;
  return { kind, revision, rows: page, nextOffset };
}

/** The same files and the same policy that the kiosk and electron serve. */
function serveWindows(connect: readonly string[]): Server {
  const pages = openStaticPages({ folder: outputFolder, packShelf: path.join(outputFolder, 'no-pack'), connect });
  return createServer((request, response) => {
    void pages.answer(new URL(request.url ?? '/', 'http://window').pathname).then(({ status, headers, body }) => {
      response.writeHead(status, headers);
      response.end(body);
    });
  });
}

/** One leader, who answers the third time that he is looked at: yes, unless it is for an inspection. */
function createFakeLifts() {
  let state: LiftState = { kind: 'masked' };
  let reason = '';
  let asked = 0;
  return {
    answer: (question: LiftQuestion): Result<LiftState> => {
      const nowMs = Date.now();
      if (question.type === 'cameras.endLift') state = { kind: 'masked' };
      if (question.type === 'cameras.askLift') {
        reason = question.reason.kind;
        asked = 0;
        state = { kind: 'waiting', ringing: ['赵书记'], askedAtMs: nowMs, untilMs: nowMs + 120_000 };
      }
      if (question.type === 'cameras.liftStatus' && state.kind === 'waiting' && ++asked === 3) {
        const [by, untilMs] = ['赵书记', nowMs + 600_000];
        state = reason === 'inspection' ? { kind: 'refused', by, atMs: nowMs } : { kind: 'lifted', by, untilMs };
      }
      return granted(state);
    },
  };
}

/** Credit for frames of bytes, and such frames: this twin has none. */
type Credit = 'nextPositions' | 'followThumbnails' | 'reportThumbnail';

/** The gateway's health and kept pictures: this twin has neither, and takes none. */
type Aside =
  | 'basemap'
  | 'followResponder'
  | 'changePassword'
  | 'cameraHealth'
  | 'loadHistory'
  | 'exportCameraHealth'
  | 'takeSnapshot'
  | 'listEvidence'
  | 'openEvidence'
  | 'eraseEvidence';

function isAside(name: MethodName): name is Aside {
  return (
    name.endsWith('CameraHealth') ||
    name === 'cameraHealth' ||
    name === 'loadHistory' ||
    name === 'basemap' ||
    name === 'followResponder' ||
    name === 'changePassword' ||
    name === 'takeSnapshot' ||
    name.endsWith('Evidence')
  );
}

function aside(name: Aside): unknown {
  if (name === 'basemap') return { basemap: { kind: 'pack' }, refusal: null };
  if (name === 'followResponder' || name === 'changePassword') return granted(null);
  if (name === 'loadHistory') return granted({ atMs: Date.now(), sinceMs: null, weeks: 0, grids: [] });
  if (name === 'listEvidence') return granted({ rows: [], count: 0, hasMore: false });
  return name === 'cameraHealth' || name === 'exportCameraHealth'
    ? granted({ atMs: Date.now(), sources: [] })
    : refused('evidence.noPicture');
}

function isOrdered(name: MethodName): name is 'commandWall' | 'commandMap' | 'shareMap' | 'voteCamera' {
  return ['commandWall', 'commandMap', 'shareMap', 'voteCamera'].includes(name);
}

function isAboutCamera(name: MethodName): name is 'steer' | 'askLift' | 'probe' {
  return ['steer', 'askLift', 'probe'].includes(name);
}

function isCredit(name: MethodName): name is Credit {
  return ['nextPositions', 'followThumbnails', 'reportThumbnail'].includes(name);
}

function steered({ type, cameraId }: PtzQuestion): Result<unknown> {
  const lease = { kind: 'mine', untilMs: Date.now() + 30_000 };
  const presets = [{ token: '1', name: '大门' }];
  return granted(type === 'cameras.ptzStatus' ? { cameraId, axes: ['panTilt', 'zoom'], presets, lease: { kind: 'free' } } : lease);
}
