import { v7 as newUuid } from 'uuid';
import WebSocket from 'ws';
import { type HttpSurface, type HttpSurfaceName, httpSurfaces, type PersonNames } from '#contract/access/index.ts';
import { routes } from '#contract/bus/index.ts';
import type { LoadHistory } from '#contract/incidents/index.ts';
import { createPositionColumns, directoryRevisionOf, positionAt, readPositions } from '#contract/responders/index.ts';
import { faultReport, viewQuestion } from '../builders/openDesk.ts';
import type { BusDesk } from './busDesk.ts';

/** Somebody who asks: his desk (null = no connection), his session, and what he shows over HTTP. */
export type AccessAsker = {
  readonly url: string;
  readonly desk: BusDesk | null;
  readonly deskId: string;
  readonly session: string | null;
  readonly bearer: string | null;
  readonly nextDeskSeq: () => number;
  /** A note beside a report about the camera `east-a`. */
  readonly reference: string;
  /** A picture that is kept of the camera `east-a`. */
  readonly evidenceId: string;
  /** Who drew something that stands in `east`, and nothing anywhere else. */
  readonly authorId: string;
  /** Draws something new in `east`, by a duty officer of the county. */
  readonly nextDrawing: () => Promise<string>;
};

/** Where the responder of the town `east` is. */
export const placeOfEast = { lng: 108.75, lat: 33.25 } as const;

/** What refuses by right; anything else (an unreadable body, a camera without a fault) has passed the guard. */
const refusals = [
  'access.notAllowed',
  'access.sessionEnded',
  'cameras.unknown',
  'record.unknownParticulars',
  'evidence.unknown',
  'map.drawingGone',
  'map.notYourDrawing',
];
type Reply = { ok: boolean; refusal?: { code: string }; value?: { token: string } };

/** Asks the real platform one question of the matrix; whether it was let through. */
export async function isLetThrough(asker: AccessAsker, question: string): Promise<boolean> {
  const [transport = '', first = '', second = ''] = question.split(' ');
  switch (transport) {
    case 'bus':
      return await overBus(asker, { kind: first, of: second });
    case 'hls':
      return await overHls(asker, await grantOf(asker, second));
    case 'whep':
      return await overWhep(asker, await grantOf(asker, second));
    case 'push':
      return await overPush(asker, await grantOf(asker, second));
    case 'picture':
      return await isPictureShown(asker);
    case 'http':
      return await overHttp(asker, first as HttpSurfaceName);
    default:
      throw new Error(`no such transport: ${transport}`);
  }
}

async function overBus(asker: AccessAsker, { kind, of }: { kind: string; of: string }): Promise<boolean> {
  const { desk, session } = asker;
  if (desk === null) return false;
  const isAnswered = questionsOf.get(kind);
  if (isAnswered !== undefined) return await isAnswered(asker, of);
  if (kind === 'directory') return desk.told.directory.length > 0;
  const drawingId = of === 'eraseDrawing' ? await asker.nextDrawing() : newUuid();
  const report = faultReport({ session: session ?? 'x'.repeat(43), deskSeq: asker.nextDeskSeq(), commandId: newUuid() });
  const command = commandOf({ of, asker, report: report.command, drawingId });
  const reply = (await desk.ask('command', { ...report, command })) as Reply;
  if (reply.refusal?.code === 'bus.badMessage') throw new Error(`the matrix asks unreadably: ${of}`);
  return reply.ok || !refusals.includes(reply.refusal?.code ?? '');
}

/** What is asked over the bus, but for commands: how each is asked, and known to be answered. */
const questionsOf: ReadonlyMap<string, (asker: AccessAsker, of: string) => Promise<boolean>> = new Map([
  ['ask', async (asker: AccessAsker, of: string) => (await ask(asker, of)).ok],
  ['views', areViewsOpened],
  ['particulars', isNoteTold],
  ['steer', isSteeringAnswered],
  ['lift', isLiftAnswered],
  ['probe', isProbeAnswered],
  ['evidence', isEvidenceAnswered],
  ['follow', isFollowAnswered],
  ['positions', isPlaceTold],
  ['feed', isFeedTold],
]);

/** An arrow in the town `east`. */
export function arrowInEast(id: string): object {
  const [from, to] = [
    [108.7, 33.3],
    [108.71, 33.31],
  ];
  return { type: 'map.draw', id, regionId: 'east-1', hours: 1, shape: { kind: 'arrow', points: [from, to], text: null } };
}

function commandOf({ of, asker, report, drawingId }: { of: string; asker: AccessAsker; report: object; drawingId: string }): object {
  const ofCamera = { type: `cameras.${of}`, cameraId: 'east-a' };
  switch (of) {
    case 'reportFault':
      return report;
    case 'eraseParticulars':
      return { type: 'record.eraseParticulars', reference: asker.reference, reason: 'request' };
    case 'erase':
      return { type: 'evidence.erase', evidenceId: asker.evidenceId, reason: 'request' };
    case 'draw':
      return arrowInEast(drawingId);
    case 'eraseDrawing':
      return { type: 'map.eraseDrawing', id: drawingId };
    case 'judgeUnmoving':
      return { ...ofCamera, word: 'quiet' };
    default:
      return ofCamera;
  }
}

/** The words, or that they are erased: both are told to those only who may know. */
async function isNoteTold({ desk, session, reference }: AccessAsker): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  return ((await desk.ask('ask', { type: 'record.openParticulars', reference, purpose: 'verification' })) as Reply).ok;
}

/** Whoever passed the guard hears that nothing says how to steer this camera. */
async function isSteeringAnswered({ desk, session }: AccessAsker, of: string): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const more = { ptzTake: { from: 'nobody' }, ptzMove: { pan: 0, tilt: 1, zoom: 0 }, ptzGoTo: { preset: '1' } };
  const question = { type: `cameras.${of}`, cameraId: 'east-a', ...(Object.hasOwn(more, of) ? more[of as keyof typeof more] : {}) };
  const { refusal } = (await desk.ask('ask', question)) as Reply;
  if (refusal?.code === 'bus.badMessage') throw new Error(`the matrix asks unreadably: ${of}`);
  return refusal?.code === 'cameras.ptzNone';
}

/** Whoever passed the guard hears that there is nothing to lift. */
async function isLiftAnswered({ desk, session }: AccessAsker, of: string): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const more = of === 'askLift' ? { reason: { kind: 'incident', reference: null }, minutes: 5 } : {};
  const { refusal } = (await desk.ask('ask', { type: `cameras.${of}`, cameraId: 'east-a', ...more })) as Reply;
  if (refusal?.code === 'bus.badMessage') throw new Error(`the matrix asks unreadably: ${of}`);
  return refusal?.code === 'cameras.notMasked';
}

/** Whoever passed the guard hears how the probe stands. */
async function isProbeAnswered({ desk, session }: AccessAsker, of: string): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const { ok, refusal } = (await desk.ask('ask', { type: `cameras.${of}`, cameraId: 'east-a' })) as Reply;
  if (!ok && !refusals.includes(refusal?.code ?? '')) throw new Error(`the matrix asks unreadably: ${of} (${refusal?.code})`);
  return ok;
}

/** The way of the one whose place `bus positions` is about. */
async function isFollowAnswered({ desk, session }: AccessAsker, of: string): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const question = { type: `responders.${of}`, responderId: 'r-east', purpose: { kind: 'patrol', reference: null } };
  const { ok, refusal } = (await desk.ask('ask', question)) as Reply;
  if (!ok && refusal?.code !== 'access.notAllowed') throw new Error(`the matrix asks unreadably: ${of} (${refusal?.code})`);
  return ok;
}

/** Whoever passed the guard is answered, or hears that he has taken enough for this minute. */
async function isEvidenceAnswered({ desk, session, evidenceId }: AccessAsker, of: string): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const reply = (await desk.ask('ask', evidenceQuestion(of, evidenceId))) as Reply;
  if (reply.refusal?.code === 'bus.badMessage') throw new Error(`the matrix asks unreadably: ${of}`);
  // It was erased by the first who might; before and after, only who may open hears of it at all.
  return reply.ok || ['evidence.tooMany', 'evidence.alreadyErased'].includes(reply.refusal?.code ?? '');
}

function evidenceQuestion(of: string, evidenceId: string): object {
  const type = `evidence.${of}`;
  if (of === 'take') return { type, cameraId: 'east-a', reason: { kind: 'drill', reference: null }, language: 'en' };
  return of === 'list' ? { type, cameraId: 'east-a', after: null } : { type, evidenceId, purpose: { kind: 'patrol', reference: null } };
}

/** The bytes themselves; once the picture is erased, its tombstone is what is asked about. */
async function isPictureShown({ url, desk, session, evidenceId }: AccessAsker): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const { value, refusal } = (await desk.ask('ask', evidenceQuestion('open', evidenceId))) as Reply;
  if (refusal?.code === 'evidence.alreadyErased') return true;
  const headers = { authorization: `Bearer ${value?.token ?? 'x'.repeat(43)}` };
  return (await fetch(`${url}${routes.mediaEvidence}/${evidenceId}`, { headers })).ok;
}

/** A whole picture with somebody of the town `east` in it: his place tells him from everybody else. */
async function isPlaceTold({ desk, session }: AccessAsker): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  // What was on its way when the session changed is not an answer to it.
  const before = desk.told.positions.length;
  // The round of the new session may be over by now: another whole one is asked for.
  await desk.ask('positions', {});
  await desk.until(() => desk.told.positions.length > before);
  const frame = desk.told.positions.at(-1) ?? new Uint8Array();
  const columns = createPositionColumns({ size: 2, directoryRevision: directoryRevisionOf(frame) ?? 0 });
  readPositions(frame, columns);
  return [0, 1].some((index) => positionAt(columns, index)?.lng === Math.fround(placeOfEast.lng));
}

/** Both the welcome and a resume must say the same. */
async function isFeedTold({ desk, session, deskId }: AccessAsker, kind: string): Promise<boolean> {
  if (desk === null) return false;
  const ids = {
    county: 'testland',
    notice: 'testland',
    town: 'east',
    village: 'east-1',
    unit: 'u-east',
    audit: 'testland',
    desk: deskId,
    otherDesk: 'desk-other',
  } as const;
  const feed = `${kind === 'otherDesk' ? 'desk' : kind}/${ids[kind as keyof typeof ids]}`;
  const welcome = (await desk.ask('attach', { session })) as { feeds: string[] };
  const own = `desk/${deskId}`;
  // One that is not readable is not answered at all; the own feed behind it shows that the resume is over.
  const from = desk.told.feed.length;
  await desk.ask('resume', { places: [feed, own].map((name) => ({ feed: name, position: null })) });
  const told = () => desk.told.feed.slice(from).map((message) => (message.kind === 'facts' ? message.feed : message.position.feed));
  await desk.until(() => told().includes(own as never));
  const isTold = told().includes(feed as never);
  if (isTold !== welcome.feeds.includes(feed)) throw new Error(`welcome and resume differ about ${feed}`);
  return isTold;
}

async function ask({ desk, session }: AccessAsker, surface: string): Promise<Reply> {
  if (desk === null) return { ok: false };
  await desk.ask('attach', { session });
  const tile = surface === 'console' ? 'console/preview' : 'D1/0';
  return (await desk.ask('ask', viewQuestion({ cameraId: 'east-a', tile }))) as Reply;
}

/** Two views in one question: the one of the matrix, and one of a camera that nobody has, which must change nothing. */
async function areViewsOpened({ desk, session }: AccessAsker, surface: string): Promise<boolean> {
  if (desk === null) return false;
  await desk.ask('attach', { session });
  const tile = surface === 'console' ? 'console/preview' : 'D1/0';
  const [missing, view] = ['nowhere', 'east-a'].map((cameraId) => {
    const { type: _, windowId: __, ...asked } = viewQuestion({ cameraId, tile });
    return asked;
  });
  const answer = (await desk.ask('ask', { type: 'cameras.openViews', windowId: 'w1', views: [missing, view] })) as {
    value?: readonly Reply[];
  };
  if (answer.value?.length !== 2) throw new Error('the matrix asks unreadably: openViews');
  if (answer.value[0]?.ok === true) throw new Error('a camera that does not exist was opened');
  return answer.value[1]?.ok === true;
}

/** A token if he gets one, a made-up one if he does not. */
async function grantOf(asker: AccessAsker, surface: string): Promise<string> {
  return (await ask(asker, surface)).value?.token ?? 'x'.repeat(43);
}

async function overHls({ url }: AccessAsker, token: string): Promise<boolean> {
  const answer = await fetch(`${url}${routes.mediaHls}/east-a/sub/index.m3u8`, { headers: { authorization: `Bearer ${token}` } });
  return answer.ok && (await answer.text()) === 'east-a';
}

async function overWhep({ url }: AccessAsker, token: string): Promise<boolean> {
  const asked = { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/sdp' }, body: 'v=0' };
  const answer = await fetch(`${url}${routes.mediaWhep}/east-a/sub`, asked);
  return answer.ok && (await answer.text()) === 'east-a';
}

async function overPush({ url }: AccessAsker, token: string): Promise<boolean> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${routes.mediaPush}`);
  const notice = await new Promise<{ type: string }>((resolve, reject) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'open', channel: 1, token })));
    socket.on('message', (bytes) => resolve(JSON.parse((bytes as Buffer).toString('utf8')) as { type: string }));
    socket.on('error', reject);
  });
  socket.terminate();
  return notice.type === 'opened';
}

async function overHttp({ url, bearer, authorId }: AccessAsker, name: HttpSurfaceName): Promise<boolean> {
  const { method, path }: HttpSurface = httpSurfaces[name];
  const headers = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
  // A log-out that really ends the session would end the questions too: it is asked without one, as everybody may.
  const answer = await fetch(`${url}${path.replace(':kind', 'cameras')}`, {
    method,
    headers: name === 'logout' ? {} : headers,
    ...(method === 'POST'
      ? { body: name === 'personNames' ? JSON.stringify({ personIds: [authorId] }) : (bodies[name] ?? '{"not":"readable"}') }
      : {}),
  });
  if (answer.status === 401 || answer.status === 403) return false;
  const asksAboutCamera = answersAbout[name];
  return asksAboutCamera === undefined || asksAboutCamera(await answer.json());
}

/** Pages that answer everybody, but tell of the camera only whom it concerns. */
const answersAbout: { readonly [Name in HttpSurfaceName]?: (answer: unknown) => boolean } = {
  directory: (page) => (page as { rows: { id: string }[] }).rows.some(({ id }) => id === 'east-a'),
  // Somebody has reported a fault of it before: the duty officer of the county asks first.
  readFaults: (page) => (page as { rows: { cameraId: string }[] }).rows.some(({ cameraId }) => cameraId === 'east-a'),
  cameraHealth: (answer) => (answer as { sources: { cameraId: string }[] }).sources.some(({ cameraId }) => cameraId === 'east-a'),
  // An incident of the village `east-1` is open.
  loadHistory: (answer) => (answer as LoadHistory).grids.some(({ regionId }) => regionId === 'east-1'),
  // The duty officer of the county has drawn in the village `east-1`.
  personNames: (answer) => (answer as PersonNames).people.length > 0,
  search: (answer) =>
    (answer as { results: { kind: string; id: string }[] }).results.some(({ kind, id }) => kind === 'cameras' && id === 'east-a'),
};

const bodies: { readonly [Name in HttpSurfaceName]?: string } = {
  readFaults: '{}',
  search: JSON.stringify({ text: 'east-a' }),
  firstAdministrator: JSON.stringify({ code: 'guessed-code', account: 'root', password: 'a long password', name: '李管' }),
};
