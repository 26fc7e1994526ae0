import { type clientEvents, type CommandMessage, type Question, routes } from '#contract/bus/index.ts';
import type { FeedKind } from '#contract/record/index.ts';
import type { Guard } from './guard.ts';

type CommandType = CommandMessage['command']['type'];
type QuestionType = Question['type'];

type Asking = Guard & { kind: 'action'; over: 'subject' };

/** Events of the bus. Every one of them needs an enrolled workstation first (the handshake); what they carry is guarded below. */
export const busSurfaces = {
  resume: { kind: 'device', why: 'answers with readable feeds only (feedSurfaces)' },
  command: { kind: 'device', why: 'each command has its own guard (commandSurfaces) and names its person by session' },
  ship: { kind: 'device', why: "writes the workstation's own desk feed and no other" },
  attach: { kind: 'device', why: 'the session is the secret; an ended one attaches nobody' },
  ask: { kind: 'device', why: 'each question has its own guard (questionSurfaces)' },
  receipts: { kind: 'device', why: "says which of this workstation's own commands the record has, of ids that it names, and nothing else" },
  clock: { kind: 'device', why: "the platform's time is in every welcome" },
  positions: { kind: 'device', why: 'asks for what is sent anyway, behind its own guard (positionSurfaces)' },
} as const satisfies { readonly [Event in keyof typeof clientEvents]: Guard };

/** Commands by type: always a person's, always about a subject. */
export const commandSurfaces = {
  'cameras.reportFault': { kind: 'action', action: 'cameras.reportFault', over: 'subject', by: 'person' },
  'cameras.clearFault': { kind: 'action', action: 'cameras.clearFault', over: 'subject', by: 'person' },
  // To say what one sees: whoever may report a fault may say that there is none.
  'cameras.judgeUnmoving': { kind: 'action', action: 'cameras.reportFault', over: 'subject', by: 'person' },
  'record.eraseParticulars': { kind: 'action', action: 'record.eraseParticulars', over: 'subject', by: 'person' },
  'evidence.erase': { kind: 'action', action: 'evidence.erase', over: 'subject', by: 'person' },
  'map.draw': { kind: 'action', action: 'map.draw', over: 'subject', by: 'person' },
  // Of others; one's own is taken back by whoever drew it.
  'map.eraseDrawing': { kind: 'action', action: 'map.clearDrawings', over: 'subject', by: 'person' },
} as const satisfies { readonly [Type in CommandType]: Asking & { by: 'person' } };

/** Questions by type. */
export const questionSurfaces = {
  'record.openParticulars': { kind: 'action', action: 'record.openParticulars', over: 'subject', by: 'person' },
  'cameras.openView': { kind: 'action', action: 'cameras.openView', over: 'subject', by: 'anyone' },
  'cameras.openViews': { kind: 'action', action: 'cameras.openView', over: 'subject', by: 'anyone' },
  'cameras.probe': { kind: 'action', action: 'cameras.probe', over: 'subject', by: 'person' },
  'cameras.probeStatus': { kind: 'action', action: 'cameras.probe', over: 'subject', by: 'person' },
  'cameras.ptzStatus': { kind: 'action', action: 'cameras.steer', over: 'subject', by: 'person' },
  'cameras.ptzTake': { kind: 'action', action: 'cameras.steer', over: 'subject', by: 'person' },
  'cameras.ptzMove': { kind: 'action', action: 'cameras.steer', over: 'subject', by: 'person' },
  'cameras.ptzStop': { kind: 'action', action: 'cameras.steer', over: 'subject', by: 'person' },
  'cameras.ptzGoTo': { kind: 'action', action: 'cameras.steer', over: 'subject', by: 'person' },
  'cameras.ptzRelease': { kind: 'action', action: 'cameras.steer', over: 'subject', by: 'person' },
  'cameras.askLift': { kind: 'action', action: 'cameras.askLift', over: 'subject', by: 'person' },
  'cameras.liftStatus': { kind: 'action', action: 'cameras.askLift', over: 'subject', by: 'person' },
  'cameras.endLift': { kind: 'action', action: 'cameras.askLift', over: 'subject', by: 'person' },
  'evidence.take': { kind: 'action', action: 'evidence.take', over: 'subject', by: 'person' },
  'evidence.list': { kind: 'action', action: 'evidence.list', over: 'subject', by: 'person' },
  'evidence.open': { kind: 'action', action: 'evidence.open', over: 'subject', by: 'person' },
  // Whoever sees where somebody is may see where he goes; that he looked is on the record.
  'responders.followOne': { kind: 'action', action: 'responders.follow', over: 'subject', by: 'person' },
} as const satisfies { readonly [Type in QuestionType]: Asking };

/** Feeds that are sent out. */
export const feedSurfaces = {
  county: { kind: 'action', action: 'feed.read', over: 'subject', by: 'anyone' },
  town: { kind: 'action', action: 'feed.read', over: 'subject', by: 'anyone' },
  village: { kind: 'action', action: 'feed.read', over: 'subject', by: 'anyone' },
  unit: { kind: 'action', action: 'feed.readUnit', over: 'subject', by: 'person' },
  notice: { kind: 'action', action: 'feed.readNotice', over: 'subject', by: 'anyone' },
  audit: { kind: 'action', action: 'audit.read', over: 'county', by: 'person' },
  desk: { kind: 'device', why: 'a workstation reads its own walls; nobody reads those of another' },
} as const satisfies { readonly [Kind in FeedKind]: Guard };

/** Which revision the directory's pages have: sent to each workstation. */
export const directorySurfaces = {
  directory: {
    kind: 'device',
    why: "follows from the rows that this workstation's own pages show (httpSurfaces.directory), and from no others",
  },
} as const satisfies Readonly<Record<string, Guard>>;

/** Where responders are: sent to whoever may follow them, each responder asked for by his region. */
export const positionSurfaces = {
  positions: { kind: 'action', action: 'responders.follow', over: 'subject', by: 'anyone' },
} as const satisfies Readonly<Record<string, Asking>>;

/** Pictures: paths of the camera gateway. */
export const mediaSurfaces = {
  hls: { path: routes.mediaHls, guard: { kind: 'grant', action: 'cameras.openView' } },
  push: { path: routes.mediaPush, guard: { kind: 'grant', action: 'cameras.openView' } },
  whep: { path: routes.mediaWhep, guard: { kind: 'grant', action: 'cameras.openView' } },
  evidence: { path: routes.mediaEvidence, guard: { kind: 'grant', action: 'evidence.open' } },
} as const satisfies Readonly<Record<string, { readonly path: string; readonly guard: Guard }>>;

/** One page of the platform's HTTP server. */
export type HttpSurface = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly guard: Exclude<Guard, { kind: 'grant' | 'device' }>;
};

const auditing = { kind: 'action', action: 'audit.read', over: 'county', by: 'person' } as const;
// Which requests ring whom is asked again, camera by camera.
const answeringLifts = { kind: 'action', action: 'cameras.answerLift', over: 'territory', by: 'person' } as const;
const administering = { kind: 'action', action: 'access.administer', over: 'county', by: 'person' } as const;

/** Pages by name. The HTTP server opens exactly these, each behind its guard. */
export const httpSurfaces = {
  adminPage: { method: 'GET', path: routes.adminPage, guard: { kind: 'public', why: 'a page without content: it asks for a log-in' } },
  adminAssets: {
    method: 'GET',
    path: `${routes.adminAssets}/:file`,
    guard: { kind: 'public', why: 'scripts, styles and fonts of that page' },
  },
  auditPage: { method: 'GET', path: routes.auditPage, guard: { kind: 'public', why: 'a page without content: it asks for a log-in' } },
  rosterPage: { method: 'GET', path: routes.rosterPage, guard: { kind: 'public', why: 'a page without content: it asks for a log-in' } },
  waitingLifts: { method: 'GET', path: routes.waitingLifts, guard: answeringLifts },
  answerLift: { method: 'POST', path: routes.answerLift, guard: answeringLifts },
  auditChoices: { method: 'GET', path: routes.auditChoices, guard: auditing },
  readLooking: { method: 'POST', path: routes.looking, guard: auditing },
  readAudit: { method: 'POST', path: routes.auditEntries, guard: auditing },
  exportRegister: { method: 'POST', path: routes.auditExport, guard: auditing },
  verifyRecord: { method: 'POST', path: routes.auditVerify, guard: auditing },
  readFaults: { method: 'POST', path: routes.faults, guard: { kind: 'action', action: 'feed.read', over: 'territory', by: 'anyone' } },
  cameraHealth: {
    method: 'GET',
    path: routes.cameraHealth,
    guard: { kind: 'action', action: 'feed.read', over: 'territory', by: 'anyone' },
  },
  // What of it is told is of grids in the territory of whoever asks.
  loadHistory: {
    method: 'GET',
    path: routes.loadHistory,
    guard: { kind: 'action', action: 'feed.read', over: 'territory', by: 'anyone' },
  },
  // With it goes what the directory says of every camera.
  exportCameraHealth: {
    method: 'POST',
    path: routes.exportCameraHealth,
    guard: { kind: 'action', action: 'directory.export', over: 'county', by: 'person' },
  },
  search: { method: 'POST', path: routes.search, guard: { kind: 'action', action: 'search.ask', over: 'territory', by: 'person' } },
  health: { method: 'GET', path: routes.health, guard: { kind: 'public', why: 'says that it lives and what time it is' } },
  login: { method: 'POST', path: routes.login, guard: { kind: 'public', why: 'how a session begins; locked out after wrong tries' } },
  logout: { method: 'POST', path: routes.logout, guard: { kind: 'public', why: 'ends the session it carries and none other' } },
  demoAccounts: { method: 'GET', path: routes.demoAccounts, guard: { kind: 'public', why: 'demo mode on loopback only' } },
  firstAdministrator: {
    method: 'POST',
    path: routes.firstAdministrator,
    guard: { kind: 'public', why: 'needs the one-time code, while nobody administers' },
  },
  firstAdministratorWanted: {
    method: 'GET',
    path: routes.firstAdministrator,
    guard: { kind: 'public', why: 'says whether the code that was printed is still to be used' },
  },
  changePassword: {
    method: 'POST',
    path: routes.password,
    guard: { kind: 'public', why: 'asks for the session and the old password; the one page for whoever must set his own' },
  },
  enrol: { method: 'POST', path: routes.enrol, guard: { kind: 'action', action: 'access.enrolDevice', over: 'territory', by: 'person' } },
  people: { method: 'GET', path: routes.people, guard: administering },
  // Names of people who made something that stands in a feed that he reads: each is asked again.
  personNames: {
    method: 'POST',
    path: routes.personNames,
    guard: { kind: 'action', action: 'feed.read', over: 'territory', by: 'person' },
  },
  addPerson: { method: 'POST', path: routes.people, guard: administering },
  changePerson: { method: 'POST', path: routes.changePerson, guard: administering },
  previewRights: { method: 'POST', path: routes.previewRights, guard: administering },
  positionsHealth: { method: 'GET', path: routes.positionsHealth, guard: administering },
  directory: {
    method: 'GET',
    path: `${routes.directory}/:kind`,
    guard: { kind: 'action', action: 'directory.read', over: 'territory', by: 'anyone' },
  },
  // The land is what the directory's places lie on.
  mapManifest: {
    method: 'GET',
    path: routes.mapManifest,
    guard: { kind: 'action', action: 'directory.read', over: 'territory', by: 'anyone' },
  },
  mapFile: {
    method: 'GET',
    path: `${routes.mapFiles}/:hash/:file`,
    guard: { kind: 'action', action: 'directory.read', over: 'territory', by: 'anyone' },
  },
  // Whoever brings cameras in may look for them.
  discoverCameras: {
    method: 'POST',
    path: routes.discoverCameras,
    guard: { kind: 'action', action: 'directory.import', over: 'county', by: 'person' },
  },
  // The whole county's at once is for whoever brings cameras in.
  probeCameras: {
    method: 'POST',
    path: routes.probeCameras,
    guard: { kind: 'action', action: 'directory.import', over: 'county', by: 'person' },
  },
  directoryImport: {
    method: 'POST',
    path: routes.directoryImport,
    guard: { kind: 'action', action: 'directory.import', over: 'county', by: 'person' },
  },
  directoryExport: {
    method: 'POST',
    path: routes.directoryExport,
    guard: { kind: 'action', action: 'directory.export', over: 'county', by: 'person' },
  },
} as const satisfies Readonly<Record<string, HttpSurface>>;

/** A page's name in the registry. */
export type HttpSurfaceName = keyof typeof httpSurfaces;
